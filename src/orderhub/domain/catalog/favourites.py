"""Listings that people want to find again, and who they are for the seller.

A person's favourites are counted under the lock of their account; what a listing counts is one number on its row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.catalog.cards import ListingHit, cards, hit
from orderhub.domain.catalog.errors import ListingInactiveError, OwnFavouriteError
from orderhub.domain.catalog.models import Favourite, Listing, ListingState
from orderhub.domain.catalog.queries import visible_listing
from orderhub.domain.catalog.rules import ON_SHOW
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import require_room
from orderhub.infra.pages import one_more
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.pages import Page, PageRequest, cut
from orderhub.kit.text import Label

_TAKEN: Final = frozenset({ListingState.ACTIVE.value, ListingState.RESERVED.value})
"""A reserved item may come back; a sold one doesn't."""


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """One favourite of a person, as far as it is still on show."""

    at: datetime
    state: ListingState
    listing: ListingHit


async def add_favourite(session: AsyncSession, listing_id: UUID, account_id: UUID, now: datetime) -> None:
    """Put a listing among one's favourites; again changes nothing.

    Raises ListingNotFoundError, OwnFavouriteError, ListingInactiveError and LimitReachedError.
    """
    await lock_account(session, account_id)
    listing, seller = await visible_listing(session, listing_id, account_id)
    if seller.id == account_id:
        raise OwnFavouriteError(
            Label("C’est votre propre annonce : voyez GET /v1/me/listings.", "It is your own: see GET /v1/me/listings.")
        )
    if await is_favourite(session, listing_id, account_id):
        return
    if listing.state not in _TAKEN:
        raise ListingInactiveError(
            Label("Cet article est vendu. Choisissez-en un autre.", "This item is sold. Choose another one.")
        )
    had = await session.scalar(select(func.count()).where(Favourite.account_id == account_id))
    require_room(await bounds(session), "favourites", had or 0)
    session.add(Favourite(id=new_id(), account_id=account_id, listing_id=listing_id, at=now))
    await session.flush()
    await _count(session, [listing_id], 1)


async def delete_favourite(session: AsyncSession, listing_id: UUID, account_id: UUID) -> None:
    """Take a listing off one's favourites; again changes nothing. Raises ListingNotFoundError for what was none."""
    await lock_account(session, account_id)
    gone = delete(Favourite).where(Favourite.account_id == account_id, Favourite.listing_id == listing_id)
    if await session.scalar(gone.returning(Favourite.id)) is None:
        await visible_listing(session, listing_id, account_id)
    else:
        await _count(session, [listing_id], -1)


async def _count(session: AsyncSession, listing_ids: Iterable[UUID], by: int) -> None:
    await session.execute(
        update(Listing)
        .where(Listing.id.in_(listing_ids))
        .values(favourite_count=func.greatest(Listing.favourite_count + by, 0))
        .execution_options(synchronize_session=False)
    )


async def is_favourite(session: AsyncSession, listing_id: UUID, account_id: UUID | None) -> bool:
    """Whether a listing is among somebody's favourites; nobody has any."""
    if account_id is None:
        return False
    found = select(Favourite.id).where(Favourite.account_id == account_id, Favourite.listing_id == listing_id)
    return await session.scalar(found) is not None


async def favourites_of(session: AsyncSession, account_id: UUID, page: PageRequest) -> Page[FoundAgain]:
    """A page of one's favourites that are on show, the latest first."""
    found = (
        cards(Favourite.__table__, Favourite.listing_id)
        .add_columns(Favourite.id.label("favourite_id"), Favourite.at, Listing.state)
        .where(Favourite.account_id == account_id, Listing.state.in_(ON_SHOW))
        .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
    )
    rows = [dict(row) for row in (await session.execute(one_more(found, page, Favourite.id))).mappings()]
    cut_off = cut(rows, page.limit, _favourite_id)
    return Page([_found_again(row) for row in cut_off.data], cut_off.next_cursor)


def _favourite_id(row: dict[str, Any]) -> UUID:
    return row["favourite_id"]


def _found_again(row: dict[str, Any]) -> FoundAgain:
    return FoundAgain(row["at"], ListingState(row["state"]), hit(row))


async def favouriters_of(session: AsyncSession, listing_id: UUID, page: PageRequest) -> Page[tuple[Favourite, Account]]:
    """A page of who has a listing among their favourites, the latest first."""
    found = (
        select(Favourite, Account)
        .join(Account, Account.id == Favourite.account_id)
        .where(Favourite.listing_id == listing_id, Account.suspended_at.is_(None), Account.erased_at.is_(None))
    )
    rows = [(row[0], row[1]) for row in await session.execute(one_more(found, page, Favourite.id))]
    return cut(rows, page.limit, lambda row: row[0].id)


async def export_favourites(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every favourite of the person."""
    found = await session.scalars(select(Favourite).where(Favourite.account_id == account_id).order_by(Favourite.id))
    return [{"listing_id": show_id("lst", each.listing_id), "at": show_instant(each.at)} for each in found]


async def erase_favourites(session: AsyncSession, account_id: UUID) -> None:
    """Forget all of them; what the listings count falls, one listing after the other in the order of every lock."""
    mine = select(Favourite.listing_id).where(Favourite.account_id == account_id)
    held = select(Listing.id).where(Listing.id.in_(mine)).order_by(Listing.id).with_for_update(key_share=True)
    listing_ids = (await session.scalars(held)).all()
    await _count(session, listing_ids, -1)
    await session.execute(
        delete(Favourite).where(Favourite.account_id == account_id).execution_options(synchronize_session=False)
    )


FAVOURITES = Holding(export_favourites, erase_favourites)
