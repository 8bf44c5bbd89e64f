"""What a seller has: held in escrow, released but still clearing, available, paid out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.escrow import ledger
from orderhub.domain.policies.queries import current

_STATEMENT = text("""
WITH held AS (
    SELECT currency, sum(least(held, total - fee) - div(
        least(held, total - fee - shipping)::numeric * commission_basis_points, 10000)) AS amount FROM orders
    WHERE seller_id = :account_id AND held > 0 GROUP BY currency
), released AS (
    SELECT currency, sum(amount) AS amount FROM postings
    WHERE target = :account AND at > :since GROUP BY currency
), paid AS (
    SELECT currency, sum(amount) AS amount FROM postings
    WHERE source = :account AND split_part(target, ':', 1) = 'provider' GROUP BY currency
), owed AS (SELECT currency, amount FROM balances WHERE account = :account)
SELECT currency, coalesce(held.amount, 0) AS held,
       least(coalesce(released.amount, 0), coalesce(owed.amount, 0)) AS clearing,
       greatest(coalesce(owed.amount, 0) - coalesce(released.amount, 0), 0) AS available,
       coalesce(paid.amount, 0) AS paid_out
FROM held FULL JOIN released USING (currency) FULL JOIN paid USING (currency) FULL JOIN owed USING (currency)
ORDER BY currency""")


@dataclass(frozen=True, slots=True)
class SellerBalance:
    """Amounts in minor units of one currency."""

    currency: str
    held: int
    """The seller's part of what is in escrow for their orders."""
    clearing: int
    """Released, but not yet for the clearing delay."""
    available: int
    paid_out: int


async def of(session: AsyncSession, account_id: UUID, now: datetime) -> Sequence[SellerBalance]:
    """A seller's balance per currency at this business time."""
    policy = await current(session)
    values = {
        "account_id": account_id,
        "account": ledger.payable(account_id),
        "since": now - policy.duration("clearing"),
    }
    rows = await session.execute(_STATEMENT, values)
    return [SellerBalance(currency, *map(int, amounts)) for currency, *amounts in rows]
