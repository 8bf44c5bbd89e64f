"""What listings hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.infra.business_clock import business_now
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_listings(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every listing that the person wrote."""
    found = await session.scalars(select(Listing).where(Listing.seller_id == account_id).order_by(Listing.id))
    return [
        {
            "id": show_id("lst", listing.id),
            "state": listing.state,
            "title": listing.title,
            "description": listing.description,
            "questions": listing.questions,
            "created_at": show_instant(listing.created_at),
        }
        for listing in found
    ]


async def erase_listings(session: AsyncSession, account_id: UUID) -> None:
    """Close them and blank what the person wrote; orders have their own copy of the title."""
    await session.execute(
        update(Listing)
        .where(Listing.seller_id == account_id)
        .values(
            state=ListingState.CLOSED.value,
            title="—",
            description="",
            questions=[],
            photo_ids=[],
            version=Listing.version + 1,
            updated_at=await business_now(session),
        )
        .execution_options(synchronize_session=False)
    )


LISTINGS = Holding(export_listings, erase_listings)
