"""What a seller does to a listing: create, edit, show, pause and close it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.catalog.changes import ListingChange, tell_followers
from orderhub.domain.catalog.errors import currency_mismatch
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.parts import check_category, check_complete, check_floors, check_parts, check_words
from orderhub.domain.catalog.photos import check_photos
from orderhub.domain.catalog.queries import options_of
from orderhub.domain.catalog.rules import check_free, check_move, check_open, check_questions
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import require_room
from orderhub.kit.errors import InvalidError, invalid_field
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money
from orderhub.kit.text import Label


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
    condition: str
    size: str | None
    brand: str | None
    colour: str | None
    parcel_size: str
    takes_offers: bool
    accept_from: Money | None
    """None accepts no offer by itself; ``decline_under`` likewise."""
    decline_under: Money | None
    state: ListingState


async def create_listing(
    session: AsyncSession,
    *,
    seller_id: UUID,
    changes: ListingChanges,
    now: datetime,
    kind: ListingKind = ListingKind.SERVICE,
) -> Listing:
    """A new listing; a draft unless ``state`` says active. Raises LimitReachedError and as `update_listing` does."""
    listing = _draft(seller_id, kind, now)
    await _change(session, listing, changes)
    await _require_room(session, seller_id)
    session.add(listing)
    await session.flush()
    return listing


def _draft(seller_id: UUID, kind: ListingKind, now: datetime) -> Listing:
    is_service = kind is ListingKind.SERVICE
    return Listing(
        id=new_id(),
        seller_id=seller_id,
        kind=kind.value,
        state=ListingState.DRAFT.value,
        title="",
        description="",
        category=None,
        price=None,
        currency=None,
        days=None,
        revisions=0 if is_service else None,
        questions=[],
        photo_ids=[],
        accepts_inquiries=is_service,
        takes_offers=False,
        favourite_count=0,
        version=1,
        created_at=now,
        updated_at=now,
    )


async def _require_room(session: AsyncSession, seller_id: UUID) -> None:
    await lock_account(session, seller_id)
    kept = select(func.count()).where(Listing.seller_id == seller_id, Listing.state != ListingState.CLOSED.value)
    require_room(await bounds(session), "listings", await session.scalar(kept) or 0)


async def update_listing(session: AsyncSession, listing: Listing, changes: ListingChanges, now: datetime) -> None:
    """Change one's `own_listing`.

    Raises ListingClosedError, ListingReservedError, ListingSoldError, ListingMoveError, ListingIncompleteError,
    CurrencyMismatchError, FileUnusableError, PhotoUnusableError, InvalidError, and what followers refuse with.
    """
    if changes.keys() == {"state"} and changes.get("state") is ListingState.CLOSED:
        await close_listing(session, listing, now)
        return
    check_open(listing)
    if changes:
        before = (listing.state, listing.price, listing.currency)
        await _change(session, listing, changes)
        touch(listing, now)
        await _tell(session, listing, before, now)


async def _tell(session: AsyncSession, listing: Listing, before: tuple[Any, ...], now: datetime) -> None:
    state, *price = before
    if price != [listing.price, listing.currency]:
        await tell_followers(session, listing, ListingChange.REPRICED, now)
    if state != listing.state and listing.state in (ListingState.PAUSED, ListingState.CLOSED):
        await tell_followers(session, listing, ListingChange(listing.state), now)


async def close_listing(session: AsyncSession, listing: Listing, now: datetime) -> None:
    """Close one's `own_listing` for good; closing it again changes nothing.

    Raises ListingReservedError, and what followers refuse with.
    """
    if listing.state == ListingState.CLOSED:
        return
    check_free(listing)
    check_move(listing.state, ListingState.CLOSED)
    listing.state = ListingState.CLOSED.value
    touch(listing, now)
    await tell_followers(session, listing, ListingChange.CLOSED, now)


def touch(listing: Listing, now: datetime) -> None:
    """Mark a listing as changed: whoever read it before has a stale version."""
    listing.version += 1
    listing.updated_at = now


async def _change(session: AsyncSession, listing: Listing, changes: ListingChanges) -> None:
    check_parts(ListingKind(listing.kind), changes)
    check_words(changes)
    if "price" in changes:
        await _set_price(session, listing, changes["price"])
    _set_floors(listing, changes)
    if "photo_ids" in changes:
        await check_photos(session, changes["photo_ids"], listing.seller_id)
    check_questions(changes.get("questions", []))
    _set_plain(listing, changes)
    check_category(listing)
    wanted = changes.get("state", ListingState(listing.state))
    check_move(listing.state, wanted)
    if wanted is ListingState.ACTIVE:
        check_complete(listing)
    listing.state = wanted.value


async def _set_price(session: AsyncSession, listing: Listing, price: Money) -> None:
    if listing.currency not in (None, price.currency) and await options_of(session, listing.id):
        raise currency_mismatch("/price/currency", listing.currency or price.currency)
    if listing.currency != price.currency:
        listing.accept_from = listing.decline_under = None
    listing.price, listing.currency = price.amount, price.currency


def _set_floors(listing: Listing, changes: ListingChanges) -> None:
    """Floors in another currency than the price are said anew, or go."""
    for name in ("accept_from", "decline_under"):
        if name in changes:
            floor = changes.get(name)
            if floor is not None and floor.currency != listing.currency:
                raise _floor_mismatch(listing, name)
            setattr(listing, name, None if floor is None else floor.amount)
    check_floors(listing)


def _floor_mismatch(listing: Listing, name: str) -> InvalidError:
    if listing.currency is not None:
        return currency_mismatch(f"/{name}/currency", listing.currency)
    return invalid_field(
        f"/{name}", "price_missing", Label("Donnez d’abord son prix à l’annonce.", "Give the listing its price first.")
    )


_PLAIN: Sequence[str] = (
    "title",
    "description",
    "category",
    "days",
    "revisions",
    "questions",
    "photo_ids",
    "accepts_inquiries",
    "condition",
    "size",
    "brand",
    "colour",
    "parcel_size",
    "takes_offers",
)


def _set_plain(listing: Listing, changes: ListingChanges) -> None:
    for name in _PLAIN:
        if name in changes:
            setattr(listing, name, changes[name])
