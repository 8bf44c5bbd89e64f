"""The ledger check: every promise about money, asked of the database once more."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_MOVES = """
SELECT account, currency, sum(amount) AS amount FROM (
    SELECT target AS account, currency, amount FROM postings
    UNION ALL SELECT source, currency, -amount FROM postings
) m GROUP BY account, currency
"""

_CHECKS = {
    "an order's held amount is not the sum of its escrow postings": f"""
        SELECT 'order ' || o.id || ': held ' || o.held || ', posted ' || coalesce(m.amount, 0)
        FROM orders o LEFT JOIN ({_MOVES}) m ON m.account = 'escrow:' || o.id AND m.currency = o.currency
        WHERE o.held <> coalesce(m.amount, 0)""",
    "a final order still holds money": """
        SELECT 'order ' || id || ' holds ' || held FROM orders WHERE final_at IS NOT NULL AND held <> 0""",
    "a stored balance is not the sum of its postings": f"""
        SELECT b.account || ' ' || b.currency || ': stored ' || b.amount || ', posted ' || coalesce(m.amount, 0)
        FROM balances b LEFT JOIN ({_MOVES}) m ON m.account = b.account AND m.currency = b.currency
        WHERE b.amount <> coalesce(m.amount, 0)""",
    "escrow, payable, wallet, unapplied, refund or chargeback is below zero": f"""
        SELECT account || ' ' || currency || ': ' || amount FROM ({_MOVES}) m WHERE amount < 0
        AND split_part(account, ':', 1) IN ('escrow', 'payable', 'wallet', 'unapplied', 'refund', 'chargeback')""",
    "a capture stayed unapplied": f"""
        SELECT account || ' ' || currency || ': ' || amount FROM ({_MOVES}) m
        WHERE amount <> 0 AND split_part(account, ':', 1) = 'unapplied'""",
    "an order's version is not its number of history rows": """
        SELECT 'order ' || o.id || ': version ' || o.version || ', history ' || count(h.version)
        FROM orders o LEFT JOIN history h ON h.subject_id = o.id GROUP BY o.id HAVING o.version <> count(h.version)""",
    "refunds on their way are not what the ledger holds for them": f"""
        SELECT m.account || ' ' || m.currency || ': ledger ' || m.amount || ', refunds ' || coalesce(r.amount, 0)
        FROM ({_MOVES}) m LEFT JOIN (
            SELECT 'refund:' || payment_id AS account, currency, sum(amount) AS amount
            FROM refunds WHERE status <> 'succeeded' GROUP BY payment_id, currency
        ) r ON r.account = m.account AND r.currency = m.currency
        WHERE split_part(m.account, ':', 1) = 'refund' AND m.amount <> coalesce(r.amount, 0)""",
}

_TOTALS = f"""
SELECT split_part(account, ':', 1) AS kind, currency, sum(amount) AS amount
FROM ({_MOVES}) m GROUP BY 1, 2 ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Total:
    """What all accounts of one kind hold together, in minor units."""

    kind: str
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found: nothing wrong, or a sentence for each thing that is; and the totals."""

    wrong: tuple[str, ...]
    totals: tuple[Total, ...]

    @property
    def ok(self) -> bool:
        """Whether every promise holds."""
        return not self.wrong


async def check(session: AsyncSession) -> Report:
    """Ask everything in one snapshot; reads the whole ledger, so its cost grows with it."""
    wrong: list[str] = []
    for promise, statement in _CHECKS.items():
        wrong += [f"{promise}: {found}" for found in await session.scalars(text(statement))]
    totals = await session.execute(text(_TOTALS))
    return Report(tuple(wrong), tuple(Total(kind, currency, int(amount)) for kind, currency, amount in totals))
