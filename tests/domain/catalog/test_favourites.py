"""Awa and Nadia keep what Bruno sells: what counts, what is bounded, and what is forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.errors import ListingInactiveError, ListingNotFoundError, OwnFavouriteError
from orderhub.domain.catalog.favourites import (
    add_favourite,
    delete_favourite,
    erase_favourites,
    export_favourites,
    favouriters_of,
    favourites_of,
)
from orderhub.domain.catalog.models import Listing
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.pages import PageRequest, read_page
from tests.making.items import add_item


async def count(session: AsyncSession, listing: Listing) -> int:
    return await session.scalar(select(Listing.favourite_count).where(Listing.id == listing.id)) or 0


async def test_each_person_counts_once(
    session: AsyncSession, bruno: UUID, awa: UUID, nadia: UUID, now: datetime
) -> None:
    listing = await add_item(session, bruno)
    for person in (awa, awa, nadia):
        await add_favourite(session, listing.id, person, now)
    assert (await count(session, listing), listing.version) == (2, 1)

    for _ in range(2):
        await delete_favourite(session, listing.id, awa)
    assert await count(session, listing) == 1


async def test_ones_own_and_what_is_not_on_offer(session: AsyncSession, bruno: UUID, awa: UUID, now: datetime) -> None:
    with pytest.raises(OwnFavouriteError):
        await add_favourite(session, (await add_item(session, bruno)).id, bruno, now)
    sold = await add_item(session, bruno, state="sold", order_id=new_id())
    with pytest.raises(ListingInactiveError):
        await add_favourite(session, sold.id, awa, now)
    paused = await add_item(session, bruno, state="paused")
    for attempt in (add_favourite(session, paused.id, awa, now), delete_favourite(session, paused.id, awa)):
        with pytest.raises(ListingNotFoundError):
            await attempt
    assert (await favourites_of(session, awa, PageRequest())).data == []


async def test_what_is_gone_can_be_taken_off(session: AsyncSession, bruno: UUID, awa: UUID, now: datetime) -> None:
    listing = await add_item(session, bruno)
    await add_favourite(session, listing.id, awa, now)
    listing.state = "paused"
    await session.flush()

    assert (await favourites_of(session, awa, PageRequest())).data == []
    await delete_favourite(session, listing.id, awa)
    assert await count(session, listing) == 0


async def test_ones_favourites_page_by_page(session: AsyncSession, bruno: UUID, awa: UUID, now: datetime) -> None:
    titles = ["Veste", "Jupe", "Robe"]
    for hours, title in enumerate(titles):
        listing = await add_item(session, bruno, title=title)
        await add_favourite(session, listing.id, awa, now + timedelta(hours=hours))

    first = await favourites_of(session, awa, PageRequest(limit=2))
    second = await favourites_of(session, awa, read_page(2, first.next_cursor))

    assert [one.listing.title for page in (first, second) for one in page.data] == titles[::-1]
    assert (first.data[0].at, first.data[0].state, second.next_cursor) == (now + timedelta(hours=2), "active", None)


async def test_the_seller_sees_who_and_when(
    session: AsyncSession, people: dict[str, Account], bruno: UUID, awa: UUID, nadia: UUID, now: datetime
) -> None:
    listing = await add_item(session, bruno)
    await add_favourite(session, listing.id, awa, now)
    await add_favourite(session, listing.id, nadia, now + timedelta(hours=1))

    first = await favouriters_of(session, listing.id, PageRequest(limit=1))
    second = await favouriters_of(session, listing.id, read_page(1, first.next_cursor))

    seen = [(person.handle, kept.at) for page in (first, second) for kept, person in page.data]
    assert seen == [("nadia", now + timedelta(hours=1)), ("awa", now)]
    people["awa"].suspended_at = now
    await session.flush()
    assert len((await favouriters_of(session, listing.id, PageRequest())).data) == 1


async def test_a_persons_favourites_are_exported_and_forgotten(
    session: AsyncSession, bruno: UUID, awa: UUID, nadia: UUID, now: datetime
) -> None:
    listing = await add_item(session, bruno)
    for person in (awa, nadia):
        await add_favourite(session, listing.id, person, now)
    [exported] = await export_favourites(session, awa)
    assert exported["listing_id"] == show_id("lst", listing.id)

    await erase_favourites(session, awa)
    assert (await export_favourites(session, awa), await count(session, listing)) == ([], 1)


async def test_a_count_that_is_behind_keeps_nobody_from_being_erased(
    session: AsyncSession, bruno: UUID, awa: UUID, now: datetime
) -> None:
    listing = await add_item(session, bruno)
    await add_favourite(session, listing.id, awa, now)
    listing.favourite_count = 0
    await session.flush()

    await erase_favourites(session, awa)
    assert (await export_favourites(session, awa), await count(session, listing)) == ([], 0)
