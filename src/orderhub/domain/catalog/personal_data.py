"""What listings hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.catalog.models import Listing, ListingOption, ListingState
from orderhub.infra.business_clock import business_now
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_listings(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every listing that the person wrote."""
    found = await session.scalars(select(Listing).where(Listing.seller_id == account_id).order_by(Listing.id))
    options = await _options(session, account_id)
    return [
        {
            "id": show_id("lst", listing.id),
            "state": listing.state,
            "title": listing.title,
            "description": listing.description,
            "questions": listing.questions,
            "size": listing.size,
            "brand": listing.brand,
            "colour": listing.colour,
            "options": options.get(listing.id, []),
            "created_at": show_instant(listing.created_at),
        }
        for listing in found
    ]


async def _options(session: AsyncSession, account_id: UUID) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for option in await session.scalars(select(ListingOption).where(_is_theirs(account_id)).order_by(ListingOption.id)):
        found.setdefault(option.listing_id, []).append(option.title)
    return found


def _is_theirs(account_id: UUID) -> ColumnElement[bool]:
    return ListingOption.listing_id.in_(select(Listing.id).where(Listing.seller_id == account_id))


async def erase_listings(session: AsyncSession, account_id: UUID) -> None:
    """Close them and blank what the person wrote; orders forget their own copies."""
    await session.execute(
        update(ListingOption)
        .where(_is_theirs(account_id))
        .values(title=FORGOTTEN, active=False)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Listing)
        .where(Listing.seller_id == account_id)
        .values(
            state=ListingState.CLOSED.value,
            title=FORGOTTEN,
            description="",
            questions=[],
            photo_ids=[],
            size=None,
            brand=None,
            colour=None,
            version=Listing.version + 1,
            updated_at=await business_now(session),
        )
        .execution_options(synchronize_session=False)
    )


LISTINGS = Holding(export_listings, erase_listings)
