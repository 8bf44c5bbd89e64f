"""Recovering what a seller owes after a lost chargeback from what the hub owes them (docs/rules.md, Money)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Balance, Posting
from orderhub.kit.ids import new_id

_DEBTS: Final = text("""
SELECT currency, sum(amount) AS owed FROM (
    SELECT currency, amount FROM postings WHERE source = :account
    UNION ALL SELECT currency, -amount FROM postings WHERE target = :account
) m GROUP BY currency HAVING sum(amount) > 0""")


async def recover(session: AsyncSession, seller_id: UUID, now: datetime) -> int:
    """Move what can be moved, in each currency; how many postings it took. Twice is once.

    The seller's balances are locked first, so that two at once don't recover the same debt.
    """
    payable, receivable = ledger.payable(seller_id), ledger.receivable(seller_id)
    of_seller = select(Balance).where(Balance.account == payable).with_for_update()
    balances = await session.scalars(of_seller, execution_options={"populate_existing": True})
    there = {balance.currency: balance.amount for balance in balances}
    moved = 0
    for currency, owed in await session.execute(_DEBTS, {"account": receivable}):
        amount = min(int(owed), there.get(currency, 0))
        if amount:
            session.add(_posting(payable, receivable, amount, currency, now))
            moved += 1
    return moved


def _posting(source: str, target: str, amount: int, currency: str, now: datetime) -> Posting:
    return Posting(
        id=new_id(), source=source, target=target, amount=amount, currency=currency, reason=ledger.RECOVER, at=now
    )
