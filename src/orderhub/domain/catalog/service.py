"""What a seller does to a listing: create, edit, show, pause and close it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.catalog.errors import currency_mismatch
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.photos import check_photos
from orderhub.domain.catalog.queries import options_of
from orderhub.domain.catalog.rules import check_complete, check_move, check_open, check_questions
from orderhub.domain.policies.bounds import require_room
from orderhub.domain.policies.queries import bounds
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money


class ListingChanges(TypedDict, total=False):
    """What is to change; an absent key changes nothing."""

    title: str
    description: str
    category: str
    price: Money
    days: int
    revisions: int | None
    """None is unlimited."""
    questions: list[dict[str, Any]]
    photo_ids: list[UUID]
    accepts_inquiries: bool
    state: ListingState


async def create_listing(session: AsyncSession, *, seller_id: UUID, changes: ListingChanges, now: datetime) -> Listing:
    """A new listing; a draft unless ``state`` says active. Raises LimitReachedError and as `update_listing` does."""
    listing = Listing(
        id=new_id(),
        seller_id=seller_id,
        kind=ListingKind.SERVICE.value,
        state=ListingState.DRAFT.value,
        title="",
        description="",
        category=None,
        price=None,
        currency=None,
        days=None,
        revisions=0,
        questions=[],
        photo_ids=[],
        accepts_inquiries=True,
        version=1,
        created_at=now,
        updated_at=now,
    )
    await _change(session, listing, changes)
    await _require_room(session, seller_id)
    session.add(listing)
    await session.flush()
    return listing


async def _require_room(session: AsyncSession, seller_id: UUID) -> None:
    await lock_account(session, seller_id)
    kept = select(func.count()).where(Listing.seller_id == seller_id, Listing.state != ListingState.CLOSED.value)
    require_room(await bounds(session), "listings", await session.scalar(kept) or 0)


async def update_listing(session: AsyncSession, listing: Listing, changes: ListingChanges, now: datetime) -> None:
    """Change one's `own_listing`.

    Raises ListingClosedError, ListingMoveError, ListingIncompleteError, CurrencyMismatchError,
    FileUnusableError, PhotoUnusableError and InvalidError.
    """
    check_open(listing)
    if changes:
        await _change(session, listing, changes)
        touch(listing, now)


def close_listing(listing: Listing, now: datetime) -> None:
    """Close one's `own_listing` for good; closing it again changes nothing."""
    if listing.state != ListingState.CLOSED:
        check_move(listing.state, ListingState.CLOSED)
        listing.state = ListingState.CLOSED.value
        touch(listing, now)


def touch(listing: Listing, now: datetime) -> None:
    """Mark a listing as changed: whoever read it before has a stale version."""
    listing.version += 1
    listing.updated_at = now


async def _change(session: AsyncSession, listing: Listing, changes: ListingChanges) -> None:
    if "price" in changes:
        await _set_price(session, listing, changes["price"])
    if "photo_ids" in changes:
        await check_photos(session, changes["photo_ids"], listing.seller_id)
    check_questions(changes.get("questions", []))
    _set_plain(listing, changes)
    if "state" in changes:
        check_move(listing.state, changes["state"])
        listing.state = changes["state"].value
    if listing.state == ListingState.ACTIVE:
        check_complete(listing)


async def _set_price(session: AsyncSession, listing: Listing, price: Money) -> None:
    if listing.currency not in (None, price.currency) and await options_of(session, listing.id):
        raise currency_mismatch("/price/currency", listing.currency or price.currency)
    listing.price, listing.currency = price.amount, price.currency


_PLAIN: Sequence[str] = (
    "title",
    "description",
    "category",
    "days",
    "revisions",
    "questions",
    "photo_ids",
    "accepts_inquiries",
)


def _set_plain(listing: Listing, changes: ListingChanges) -> None:
    for name in _PLAIN:
        if name in changes:
            setattr(listing, name, changes[name])
