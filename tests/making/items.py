"""What Nadia sells of her wardrobe."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

ITEM: dict[str, Any] = {
    "kind": "item",
    "title": "Veste en jean",
    "description": "Portée deux fois.",
    "category": "womens_clothing",
    "price": {"amount": 2500, "currency": "EUR"},
    "condition": "very_good",
    "size": "38",
    "brand": "Sézane",
    "colour": "bleu",
    "parcel_size": "small",
    "takes_offers": True,
}
"""What a seller sends to write a draft; an active one needs ``photo_ids`` besides."""


def new_item(seller_id: UUID, *, now: datetime = NOON, **parts: Any) -> Listing:
    """The row of an active denim jacket for 25 EUR that takes offers, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "seller_id": seller_id,
        "kind": "item",
        "state": "active",
        "title": "Veste en jean",
        "description": "Portée deux fois.",
        "category": "womens_clothing",
        "price": 2_500,
        "currency": "EUR",
        "questions": [],
        "photo_ids": [new_id()],
        "accepts_inquiries": False,
        "condition": "very_good",
        "size": "38",
        "brand": "Sézane",
        "colour": "bleu",
        "parcel_size": "small",
        "takes_offers": True,
        "favourite_count": 0,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    return Listing(**(plain | parts))


async def add_item(session: AsyncSession, seller_id: UUID, **parts: Any) -> Listing:
    """The same, in the caller's unit of work."""
    listing = new_item(seller_id, **parts)
    session.add(listing)
    await session.flush()
    return listing
