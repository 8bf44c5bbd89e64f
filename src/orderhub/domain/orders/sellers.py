"""What an order's completion means for its seller: one more completed order, and debts recovered."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.escrow.recovery import recover
from orderhub.domain.orders.conditions import in_statuses
from orderhub.domain.orders.models import Order
from orderhub.infra.business_clock import business_now


async def settle_seller(session: AsyncSession, order_id: UUID) -> None:
    """Count the seller's completed orders anew and recover what they owe. Doing it twice changes nothing."""
    seller_id = await session.scalar(select(Order.seller_id).where(Order.id == order_id))
    if seller_id is None:
        return
    # Locked before it is counted: of two that count at once, the second must see what the first saw.
    await session.execute(select(Account.id).where(Account.id == seller_id).with_for_update(key_share=True))
    fulfilled = in_statuses(lambda kind: kind.table.fulfilled)
    counted = await session.scalar(select(func.count()).where(Order.seller_id == seller_id, fulfilled))
    await session.execute(update(Account).where(Account.id == seller_id).values(completed_orders=counted))
    await recover(session, seller_id, await business_now(session))
