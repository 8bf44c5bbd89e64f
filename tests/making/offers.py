"""What Awa offers for an item: rows as the engine leaves them, written without it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing
from orderhub.domain.offers.models import Offer
from orderhub.domain.transitions.models import History
from orderhub.kit.ids import new_id
from tests.making.instants import NOON


async def add_offer(
    session: AsyncSession, listing: Listing, buyer_id: UUID, *, now: datetime = NOON, **parts: Any
) -> Offer:
    """A buyer's pending offer of 20 EUR, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "sort": "buyer",
        "status": "pending",
        "version": 1,
        "listing_id": listing.id,
        "buyer_id": buyer_id,
        "seller_id": listing.seller_id,
        "author_id": buyer_id,
        "recipient_id": listing.seller_id,
        "amount": 2_000,
        "currency": listing.currency,
        "listing_price": listing.price,
        "terms": {},
        **dict.fromkeys(("made_at", "status_since", "clock_anchor"), now),
        "expires_at": now + timedelta(hours=72),
    }
    offer = Offer(**(plain | parts))
    session.add(offer)
    await session.flush()
    made = {"subject_id": offer.id, "version": 1, "process": "offer", "from_status": "", "action": "make"}
    made |= {"to_status": offer.status, "by": "buyer", "at": now, "data": {}}
    await session.execute(insert(History).values(made))
    return offer
