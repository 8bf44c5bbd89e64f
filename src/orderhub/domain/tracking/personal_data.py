"""What is known of the parcels that a person sent or got, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.orders.models import Order
from orderhub.domain.tracking.models import Parcel
from orderhub.kit.ids import show_id


async def export_parcels(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Which parcels their orders were sent in, as they are compared."""
    wanted = select(Parcel).where(Parcel.order_id.in_(_orders(account_id))).order_by(Parcel.order_id)
    return [
        {
            "order_id": show_id("ord", parcel.order_id),
            "carrier": parcel.carrier,
            "tracking_number": parcel.tracking_number,
        }
        for parcel in await session.scalars(wanted)
    ]


async def erase_parcels(session: AsyncSession, account_id: UUID) -> None:
    """Their orders are over: no carrier's word is waited for any more."""
    await session.execute(
        delete(Parcel).where(Parcel.order_id.in_(_orders(account_id))),
        execution_options={"synchronize_session": False},
    )


def _orders(account_id: UUID) -> Any:
    return select(Order.id).where(or_(Order.buyer_id == account_id, Order.seller_id == account_id))


PARCELS = Holding(export_parcels, erase_parcels)
