"""What Bruno sells."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.service import ListingChanges, create_listing
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money
from tests.making.instants import NOON

QUESTION: dict[str, Any] = {
    "id": "q1",
    "label": "Quel est votre slogan ?",
    "kind": "text",
    "required": True,
    "choices": [],
}

LISTING: dict[str, Any] = {
    "title": "Logo vectoriel",
    "description": "Trois pistes.",
    "category": "graphic_design",
    "price": {"amount": 12000, "currency": "EUR"},
    "days": 5,
}
"""What a seller sends to write a draft."""


def new_service(seller_id: UUID, *, now: datetime = NOON, **parts: Any) -> Listing:
    """The row of an active logo for 120 EUR in five days, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "seller_id": seller_id,
        "kind": "service",
        "state": "active",
        "title": "Logo pour une boulangerie",
        "description": "Un logo dessiné à la main.",
        "category": "graphic_design",
        "price": 12_000,
        "currency": "EUR",
        "days": 5,
        "revisions": 2,
        "questions": [],
        "photo_ids": [],
        "accepts_inquiries": True,
        "takes_offers": False,
        "favourite_count": 0,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    return Listing(**(plain | parts))


async def add_service(session: AsyncSession, seller_id: UUID, **parts: Any) -> Listing:
    """The same, in the caller's unit of work."""
    listing = new_service(seller_id, **parts)
    session.add(listing)
    await session.flush()
    return listing


async def offer_service(session: AsyncSession, seller_id: UUID, **parts: Any) -> Listing:
    """A complete and active service made as its seller would, but for what is said otherwise."""
    changes = ListingChanges(
        title="Logo vectoriel",
        description="Trois pistes, puis les fichiers sources.",
        category="graphic_design",
        price=Money(12_000, "EUR"),
        days=5,
        state=ListingState.ACTIVE,
    )
    changes.update(parts)  # pyright: ignore[reportArgumentType, reportCallIssue]
    return await create_listing(session, seller_id=seller_id, changes=changes, now=NOON)
