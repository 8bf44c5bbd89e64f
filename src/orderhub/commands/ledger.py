"""What the ledger looks like from outside: the check of every promise, and its checksum."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from orderhub.commands import database
from orderhub.commands.terminal import complain, console
from orderhub.settings import Settings

_LEDGER: Final = (
    "SELECT id, source, target, amount, currency, order_id, payment_id, reason, at FROM postings ORDER BY id",
    "SELECT account, currency, amount FROM balances ORDER BY account, currency",
    "SELECT id, held FROM orders ORDER BY id",
)
"""Written out, so that neither a new column nor the order of columns changes the checksum."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """The whole ledger in one line: equal ledgers have equal ones."""

    postings: int
    digest: str

    def __str__(self) -> str:
        return f"{self.digest[:32]} ({self.postings} postings)"


async def check(settings: Settings, url: str) -> bool:
    """Ask every promise about money of the database, and tell what was found; whether all hold."""
    from orderhub.domain.escrow.check import check as check_ledger

    async with database.opened(settings, url) as opened, opened.session() as session:
        report = await check_ledger(session)
    for total in report.totals:
        console().print(f"  {total.kind:<12} {total.amount:>16,} {total.currency} (minor units)", markup=False)
    for sentence in report.wrong:
        complain(f"  {sentence}")
    console().print(
        "[green]The ledger keeps every promise.[/green]" if report.ok else "[red]The ledger is broken.[/red]"
    )
    return report.ok


async def checksum(connection: Any) -> Checksum:
    """The checksum within the snapshot of a driver's connection; streams, so its memory doesn't grow."""
    await connection.execute("SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'")
    digest = hashlib.sha256()

    async def take(piece: bytes) -> None:
        digest.update(piece)

    for query in _LEDGER:
        await connection.copy_from_query(query, output=take)
        digest.update(b"\f")
    return Checksum(await connection.fetchval("SELECT count(*) FROM postings"), digest.hexdigest())
