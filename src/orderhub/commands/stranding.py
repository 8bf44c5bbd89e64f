"""What this version's tables would strand: open orders, quotes, payments, proofs and refunds that no row leads on from.

Asked before anything is migrated: they must end with the version that knows their status.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from orderhub.commands.terminal import RefusedError
from orderhub.domain.process import Process
from orderhub.domain.processes import PROCESSES
from orderhub.kit.ids import show_id

_NAMED: Final = 5
"""How many of them a refusal names."""
_OPEN: Final = (
    "EXISTS (SELECT FROM process_edges e "
    "WHERE e.process = '{0}' AND e.from_status = {0}s.status AND e.to_status <> {0}s.status)"
)
_SUBJECTS: Final = {
    "orders": ("ord", "kind", "final_at IS NULL"),
    "quotes": ("quo", "'quote'", "final_at IS NULL"),
    "payments": ("pay", "'payment'", _OPEN.format("payment")),
    "proofs": ("pro", "'proof'", _OPEN.format("proof")),
    "refunds": ("rfd", "'refund'", _OPEN.format("refund")),
    "chargebacks": ("chb", "'chargeback'", _OPEN.format("chargeback")),
}
"""By table: the prefix of its ids, the name of an object's process, and which are open as the database knows it."""


async def refuse_stranding(connection: Any, processes: Mapping[str, Process[Any]] = PROCESSES) -> None:
    """Raises RefusedError that says how many objects of which status would be stranded, and names some.

    ``connection`` is the driver's. A database without tables strands nothing.
    """
    told = [line async for line in _stranded(connection, processes)]
    if told:
        raise RefusedError(
            "The tables of this version lead nowhere from where these are:\n"
            + "\n".join(told)
            + "\nLet them end with the version that they began with, then migrate."
        )


async def _stranded(connection: Any, processes: Mapping[str, Process[Any]]) -> AsyncIterator[str]:
    for table, (prefix, process, is_open) in _SUBJECTS.items():
        if await connection.fetchval("SELECT to_regclass($1) IS NULL", table):
            continue
        rows = await connection.fetch(
            f"SELECT {process} AS process, status, count(*) AS found FROM {table} WHERE {is_open}"
            " GROUP BY 1, 2 ORDER BY 1, 2"
        )
        for row in rows:
            if _leads_on(processes.get(row["process"]), row["status"]):
                continue
            ids = await connection.fetch(
                f"SELECT id FROM {table} WHERE {is_open} AND {process} = $1 AND status = $2 ORDER BY id LIMIT {_NAMED}",
                row["process"],
                row["status"],
            )
            named = ", ".join(show_id(prefix, one["id"]) for one in ids)
            more = " …" if row["found"] > _NAMED else ""
            yield f"  {row['found']} in {row['process']}/{row['status']}: {named}{more}"


def _leads_on(process: Process[Any] | None, status: str) -> bool:
    return process is not None and status in process.by_code and status not in process.final
