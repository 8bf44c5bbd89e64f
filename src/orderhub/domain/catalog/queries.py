"""Reads of listings by whoever may see them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.catalog.models import Listing, ListingOption, ListingState
from orderhub.domain.catalog.parts import check_complete
from orderhub.domain.catalog.pricing import Line, PriceList
from orderhub.domain.catalog.rules import ON_SHOW, check_version
from orderhub.infra.locking import locked
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.errors import ForbiddenError
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions


async def visible_listing(session: AsyncSession, listing_id: UUID, viewer_id: UUID | None) -> tuple[Listing, Account]:
    """A listing and its seller: one on show for anybody, any for its seller. Raises ListingNotFoundError."""
    found = (
        await session.execute(
            select(Listing, Account).join(Account, Account.id == Listing.seller_id).where(Listing.id == listing_id)
        )
    ).one_or_none()
    if found is None:
        raise _not_found()
    listing, seller = found
    if not _is_visible(listing, seller, viewer_id):
        raise _not_found()
    return listing, seller


async def own_listing(
    session: AsyncSession, listing_id: UUID, seller_id: UUID, *, expected: Versions | None = None
) -> Listing:
    """The seller's own listing, locked for a change; the lock covers its options too.

    ``expected`` is the version that the seller read, when they say so. Raises ListingStaleError,
    ForbiddenError for somebody else's listing that is on show, ListingNotFoundError for any other.
    """
    listing = _of_seller(
        await locked(session, Listing, listing_id),
        seller_id,
        Label("Seul son vendeur peut changer une annonce.", "Only its seller may change a listing."),
    )
    check_version(listing, expected)
    return listing


async def own_listing_to_read(session: AsyncSession, listing_id: UUID, seller_id: UUID) -> Listing:
    """The seller's own listing. Raises ForbiddenError and ListingNotFoundError as `own_listing` does."""
    return _of_seller(
        await session.get(Listing, listing_id),
        seller_id,
        Label("Seul le vendeur de l’annonce le voit.", "Only the seller of the listing sees this."),
    )


def _of_seller(listing: Listing | None, seller_id: UUID, forbidden: Label) -> Listing:
    if listing is not None and listing.seller_id == seller_id:
        return listing
    if listing is not None and listing.state in ON_SHOW:
        raise ForbiddenError(forbidden)
    raise _not_found()


async def options_of(session: AsyncSession, listing_id: UUID) -> Sequence[ListingOption]:
    """The options that a listing offers now, the oldest first."""
    offered = select(ListingOption).where(ListingOption.listing_id == listing_id, ListingOption.active)
    return (await session.scalars(offered.order_by(ListingOption.id))).all()


async def listings_of(
    session: AsyncSession, seller_id: UUID, page: PageRequest, state: ListingState | None = None
) -> Page[Listing]:
    """A page of one's own listings, in any state or in one, newest first."""
    return await newest_first(
        session, Listing, page, Listing.seller_id == seller_id, *where_given((Listing.state, state))
    )


def price_list(listing: Listing, options: Sequence[ListingOption]) -> PriceList:
    """What a listing and its options cost. Raises ListingIncompleteError for a draft that lacks something."""
    check_complete(listing)
    price, currency, days = listing.price or 0, listing.currency or "", listing.days or 0
    return PriceList(
        currency,
        Line(listing.id, listing.title, price, days),
        tuple(Line(option.id, option.title, option.price, option.days) for option in options),
    )


def _is_visible(listing: Listing, seller: Account, viewer_id: UUID | None) -> bool:
    gone = seller.suspended_at is not None or seller.erased_at is not None
    return listing.seller_id == viewer_id or (listing.state in ON_SHOW and not gone)


def _not_found() -> ListingNotFoundError:
    return ListingNotFoundError(
        Label(
            "Il n’y a pas une telle annonce, ou elle n’est pas publiée.",
            "There is no such listing, or it is not on show.",
        )
    )
