"""Nadia sells a jacket: what an item has and needs, who may change it when, and who hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import changes as following
from orderhub.domain.catalog.categories import OF_KIND
from orderhub.domain.catalog.changes import ListingChange, follows_listings
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingIncompleteError,
    ListingReservedError,
    ListingSoldError,
    NoOptionsError,
)
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.options import NewOption, create_option
from orderhub.domain.catalog.queries import visible_listing
from orderhub.domain.catalog.service import ListingChanges, close_listing, create_listing, update_listing
from orderhub.kit.errors import ConflictError, InvalidError
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money
from tests.domain.catalog.conftest import Upload
from tests.making.items import add_item, new_item

JACKET = ListingChanges(
    title="Veste en jean",
    description="Portée deux fois.",
    category="womens_clothing",
    price=Money(2_500, "EUR"),
    condition="very_good",
    parcel_size="small",
)
ACTIVE = ListingChanges(state=ListingState.ACTIVE)


async def draft(session: AsyncSession, seller_id: UUID, now: datetime, **parts: Any) -> Listing:
    changes: Any = {**JACKET, **parts}
    return await create_listing(session, seller_id=seller_id, changes=changes, now=now, kind=ListingKind.ITEM)


def pointers(refusal: pytest.ExceptionInfo[Any]) -> list[str]:
    return [place.pointer for place in refusal.value.errors]


async def test_an_item_needs_what_it_is_sold_by(
    session: AsyncSession, bruno: UUID, upload: Upload, now: datetime
) -> None:
    bare = ListingChanges(title="Veste")
    listing = await create_listing(session, seller_id=bruno, changes=bare, now=now, kind=ListingKind.ITEM)
    with pytest.raises(ListingIncompleteError) as refusal:
        await update_listing(session, listing, ACTIVE, now)
    assert pointers(refusal) == [
        "/description", "/category", "/price", "/condition", "/parcel_size", "/photo_ids",
    ]  # fmt: skip

    whole = await draft(session, bruno, now, photo_ids=[await upload()])
    await update_listing(session, whole, ACTIVE, now)
    assert (whole.state, whole.days, whole.revisions, whole.accepts_inquiries) == ("active", None, None, False)
    assert (await visible_listing(session, whole.id, None))[0] is whole


async def test_photos_are_added_later_but_never_all_taken_off(
    session: AsyncSession, bruno: UUID, upload: Upload, now: datetime
) -> None:
    first, second = await upload(), await upload()
    listing = await draft(session, bruno, now, photo_ids=[first], state=ListingState.ACTIVE)

    await update_listing(session, listing, ListingChanges(photo_ids=[second, first]), now)

    assert (listing.photo_ids, listing.version) == ([second, first], 2)
    with pytest.raises(ListingIncompleteError):
        await update_listing(session, listing, ListingChanges(photo_ids=[]), now)


@pytest.mark.parametrize(
    ("kind", "changes", "refused"),
    [
        (ListingKind.ITEM, {"days": 3, "questions": []}, ["/days", "/questions"]),
        (ListingKind.ITEM, {"revisions": None, "accepts_inquiries": True}, ["/accepts_inquiries", "/revisions"]),
        (ListingKind.SERVICE, {"size": "M", "takes_offers": True}, ["/size", "/takes_offers"]),
        (ListingKind.ITEM, {"category": "graphic_design"}, ["/category"]),
        (ListingKind.SERVICE, {"category": "shoes"}, ["/category"]),
        (ListingKind.ITEM, {"brand": "appelez le 06 12 34 56 78"}, ["/brand"]),
        (ListingKind.ITEM, {"accept_from": Money(2_501, "EUR")}, ["/accept_from"]),
        (ListingKind.ITEM, {"decline_under": Money(2_501, "EUR")}, ["/decline_under"]),
        (
            ListingKind.ITEM,
            {"accept_from": Money(2_000, "EUR"), "decline_under": Money(2_001, "EUR")},
            ["/decline_under"],
        ),
    ],
)
async def test_what_is_not_of_its_kind_is_refused(
    session: AsyncSession, bruno: UUID, now: datetime, kind: ListingKind, changes: Any, refused: list[str]
) -> None:
    given: Any = {"title": "Veste", "price": Money(2_500, "EUR"), **changes}
    with pytest.raises(InvalidError) as refusal:
        await create_listing(session, seller_id=bruno, changes=given, now=now, kind=kind)

    assert pointers(refusal) == refused


async def test_floors_lie_below_the_price_in_its_currency(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    floors = {"accept_from": Money(2_500, "EUR"), "decline_under": Money(2_500, "EUR")}
    listing = await draft(session, bruno, now, **floors)
    assert (listing.accept_from, listing.decline_under) == (2_500, 2_500)

    with pytest.raises(InvalidError) as refusal:
        await update_listing(session, listing, ListingChanges(price=Money(2_499, "EUR")), now)
    assert pointers(refusal) == ["/accept_from"]


async def test_floors_follow_the_currency_of_the_price(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    listing = await draft(session, bruno, now, accept_from=Money(2_000, "EUR"))
    with pytest.raises(CurrencyMismatchError):
        await update_listing(session, listing, ListingChanges(decline_under=Money(1, "XOF")), now)

    await update_listing(session, listing, ListingChanges(price=Money(100_000, "XOF")), now)
    assert (listing.accept_from, listing.decline_under) == (None, None)
    await update_listing(session, listing, ListingChanges(decline_under=Money(80_000, "XOF")), now)
    await update_listing(session, listing, ListingChanges(decline_under=None), now)
    assert listing.decline_under is None


async def test_a_floor_wants_a_price_first(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    with pytest.raises(InvalidError) as refusal:
        await create_listing(
            session,
            seller_id=bruno,
            changes=ListingChanges(title="Veste", accept_from=Money(5, "EUR")),
            now=now,
            kind=ListingKind.ITEM,
        )
    assert [(place.pointer, place.code) for place in refusal.value.errors] == [("/accept_from", "price_missing")]


async def test_a_reserved_item_stays_as_it_is(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    until = now + timedelta(minutes=15)
    listing = await add_item(session, bruno, state="reserved", reserved_until=until, order_id=new_id())

    for attempt in (ListingChanges(price=Money(1, "EUR")), ListingChanges(state=ListingState.PAUSED)):
        with pytest.raises(ListingReservedError) as refusal:
            await update_listing(session, listing, attempt, now)
        assert refusal.value.extras["reserved_until"] == "2026-11-23T12:15:00Z"
    with pytest.raises(ListingReservedError):
        await close_listing(session, listing, now)
    assert (listing.state, listing.version) == ("reserved", 1)
    assert (await visible_listing(session, listing.id, None))[0] is listing


async def test_a_sold_item_can_only_be_closed(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    listing = await add_item(session, bruno, state="sold", order_id=new_id())
    for attempt in (ListingChanges(title="Autre"), ACTIVE, ListingChanges(title="x", state=ListingState.CLOSED)):
        with pytest.raises(ListingSoldError):
            await update_listing(session, listing, attempt, now)
    assert (await visible_listing(session, listing.id, None))[0] is listing

    await update_listing(session, listing, ListingChanges(state=ListingState.CLOSED), now)
    assert listing.state == "closed"


async def test_an_item_has_no_options(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    listing = await add_item(session, bruno)
    with pytest.raises(NoOptionsError):
        await create_option(session, listing, NewOption(title="Ceinture", price=Money(5, "EUR"), days=0), now)


@pytest.fixture
def heard() -> Iterator[list[ListingChange]]:
    """What a package above the catalog is told; it refuses to let a listing called Promise be closed."""
    known: list[ListingChange] = []

    @follows_listings
    async def hear(_session: AsyncSession, listing: Listing, change: ListingChange, _now: datetime) -> None:
        if listing.title == "Promise" and change is ListingChange.CLOSED:
            raise ConflictError
        known.append(change)

    yield known
    following.forget_follower(hear)


async def test_followers_hear_what_a_seller_does(
    session: AsyncSession, bruno: UUID, now: datetime, heard: list[ListingChange]
) -> None:
    listing = await add_item(session, bruno, state="paused")
    await update_listing(session, listing, ListingChanges(title="Veste"), now)
    await update_listing(session, listing, ListingChanges(price=Money(2_500, "EUR")), now)
    assert heard == []

    await update_listing(session, listing, ListingChanges(price=Money(2_400, "EUR")), now)
    await close_listing(session, listing, now)
    await close_listing(session, listing, now)
    assert heard == [ListingChange.REPRICED, ListingChange.CLOSED]


async def test_a_pause_is_heard_of_once(
    session: AsyncSession, bruno: UUID, now: datetime, heard: list[ListingChange]
) -> None:
    listing = await add_item(session, bruno)
    for _ in range(2):
        await update_listing(session, listing, ListingChanges(state=ListingState.PAUSED), now)
    assert heard == [ListingChange.PAUSED]


async def test_a_follower_may_refuse(
    session: AsyncSession, bruno: UUID, now: datetime, heard: list[ListingChange]
) -> None:
    listing = await add_item(session, bruno, title="Promise")
    with pytest.raises(ConflictError):
        await close_listing(session, listing, now)
    assert heard == []


@pytest.mark.parametrize(
    "broken",
    [
        {"photo_ids": []},
        {"condition": None},
        {"parcel_size": None},
        {"days": 3},
        {"revisions": 0},
        {"accept_from": 2_501},
        {"decline_under": 2_501},
        {"accept_from": 2_000, "decline_under": 2_001},
        {"accept_from": 0},
        {"state": "reserved"},
        {"state": "sold"},
        {"kind": "service", "days": 3},
        {"favourite_count": -1},
    ],
)
async def test_the_database_refuses_what_no_item_is(session: AsyncSession, bruno: UUID, broken: dict[str, Any]) -> None:
    session.add(new_item(bruno, **broken))
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_a_reserved_item_says_until_when_and_for_whom(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    listing = await add_item(session, bruno, state="reserved", reserved_until=now, order_id=new_id())
    with pytest.raises(IntegrityError):
        await session.execute(text("UPDATE listings SET reserved_until = NULL WHERE id = :id"), {"id": listing.id})


def test_no_category_is_of_two_kinds() -> None:
    services, items = OF_KIND[ListingKind.SERVICE], OF_KIND[ListingKind.ITEM]
    assert len(OF_KIND) == len(ListingKind)
    assert not services.keys() & items.keys()
