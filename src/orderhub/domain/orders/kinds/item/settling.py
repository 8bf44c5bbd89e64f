"""What an order does to the offers on its items once it is paid, or ends unpaid: after the listings are locked."""

from typing import Final

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.catalog.models import Listing
from orderhub.domain.offers import settling
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.item.details import details_of
from orderhub.infra.database import HotTransaction, Statement

_HOLD: Final = Statement(
    select(Listing.id)
    .where(Listing.id == bindparam("listing_ids", type_=ARRAY(Uuid())).any_())
    .order_by(Listing.id)
    .with_for_update(key_share=True)
)


async def settle(transaction: HotTransaction, change: OrderChange) -> None:
    """Paid, the offer that was used is redeemed and every other one on the items superseded; unpaid, it is freed."""
    details = details_of(change.order)
    ids = [item.listing_id for item in details.items]
    await transaction.rows(_HOLD, {"listing_ids": ids})
    if change.order.paid_at is not None:
        await settling.settle(transaction, change, listing_ids=ids, offer_id=details.offer_id)
    elif details.offer_id is not None:
        await settling.release(transaction, change, offer_id=details.offer_id)
