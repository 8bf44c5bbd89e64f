"""Bruno writes his listing, shows it, changes it, and closes it; Nadia can't."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingClosedError,
    ListingIncompleteError,
    ListingMoveError,
    ListingNotFoundError,
    ListingStaleError,
)
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.options import NewOption, create_option
from orderhub.domain.catalog.personal_data import erase_listings, export_listings
from orderhub.domain.catalog.queries import listings_of, own_listing, visible_listing
from orderhub.domain.catalog.service import ListingChanges, close_listing, create_listing, update_listing
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.files.models import FilePurpose
from orderhub.domain.files.queries import get_visible
from orderhub.kit.errors import ForbiddenError, NotFoundError
from orderhub.kit.money import Money
from orderhub.kit.pages import PageRequest, read_cursor

Offer = Callable[..., Awaitable[Listing]]
Upload = Callable[..., Awaitable[UUID]]
ACTIVATE = ListingChanges(state=ListingState.ACTIVE)


async def test_a_draft_needs_a_title_only(session: AsyncSession, bruno: UUID, awa: UUID, now: datetime) -> None:
    draft = await create_listing(session, seller_id=bruno, changes=ListingChanges(title="Un logo"), now=now)

    assert (draft.state, draft.version, draft.price, draft.revisions) == ("draft", 1, None, 0)
    assert (await visible_listing(session, draft.id, bruno))[0] is draft
    for viewer in (awa, None):
        with pytest.raises(ListingNotFoundError):
            await visible_listing(session, draft.id, viewer)


async def test_a_draft_is_shown_once_it_is_complete(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    draft = await create_listing(session, seller_id=bruno, changes=ListingChanges(title="Un logo"), now=now)
    with pytest.raises(ListingIncompleteError):
        await update_listing(session, draft, ACTIVATE, now)
    await session.refresh(draft)

    complete = ListingChanges(
        description="Trois pistes.", category="graphic_design", price=Money(1, "EUR"), days=1, state=ListingState.ACTIVE
    )
    await update_listing(session, draft, complete, now + timedelta(hours=1))
    await session.flush()

    assert (draft.state, draft.version, draft.updated_at) == ("active", 2, now + timedelta(hours=1))
    assert (await visible_listing(session, draft.id, None))[1].handle == "bruno"


async def test_the_database_itself_refuses_an_incomplete_active_listing(session: AsyncSession, offer: Offer) -> None:
    listing = await offer()

    with pytest.raises(IntegrityError, match="ck_listings_complete"):
        await session.execute(text("UPDATE listings SET category = NULL WHERE id = :id"), {"id": listing.id})


async def test_an_active_listing_stays_complete(session: AsyncSession, offer: Offer, now: datetime) -> None:
    with pytest.raises(ListingIncompleteError) as refusal:
        await update_listing(session, await offer(), ListingChanges(description=""), now)

    assert [place.pointer for place in refusal.value.errors] == ["/description"]


async def test_pausing_hides_and_showing_again_shows(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()

    await update_listing(session, listing, ListingChanges(state=ListingState.PAUSED), now)
    with pytest.raises(ListingNotFoundError):
        await visible_listing(session, listing.id, None)
    await update_listing(session, listing, ACTIVATE, now)
    await visible_listing(session, listing.id, None)
    with pytest.raises(ListingMoveError):
        await update_listing(session, listing, ListingChanges(state=ListingState.DRAFT), now)


async def test_closing_is_for_good_and_twice_is_once(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()

    await close_listing(session, listing, now)
    await close_listing(session, listing, now)

    assert (listing.state, listing.version) == ("closed", 2)
    with pytest.raises(ListingClosedError):
        await update_listing(session, listing, ListingChanges(title="Autre"), now)


async def test_only_the_seller_gets_hold_of_a_listing(
    session: AsyncSession, offer: Offer, bruno: UUID, nadia: UUID, now: datetime
) -> None:
    listing = await offer()

    assert await own_listing(session, listing.id, bruno) is listing
    with pytest.raises(ForbiddenError):
        await own_listing(session, listing.id, nadia)
    await close_listing(session, listing, now)
    await session.flush()
    with pytest.raises(ListingNotFoundError):
        await own_listing(session, listing.id, nadia)


async def test_a_change_on_top_of_a_version_that_is_gone_is_refused(
    session: AsyncSession, offer: Offer, bruno: UUID, now: datetime
) -> None:
    listing = await offer()
    await update_listing(session, listing, ListingChanges(days=3), now)
    await session.flush()

    assert await own_listing(session, listing.id, bruno, expected=frozenset({2}))
    with pytest.raises(ListingStaleError):
        await own_listing(session, listing.id, bruno, expected=frozenset({1}))


async def test_the_currency_stays_while_options_are_offered(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    await update_listing(session, listing, ListingChanges(price=Money(150, "CHF")), now)
    await create_option(session, listing, NewOption(title="Express", price=Money(50, "CHF"), days=-1), now)

    with pytest.raises(CurrencyMismatchError):
        await update_listing(session, listing, ListingChanges(price=Money(150, "EUR")), now)
    await update_listing(session, listing, ListingChanges(price=Money(200, "CHF")), now)
    assert listing.price == 200


async def test_photos_are_ones_own_and_uploaded_as_photos(
    session: AsyncSession, offer: Offer, upload: Upload, nadia: UUID, now: datetime
) -> None:
    listing, photo = await offer(), await upload()

    await update_listing(session, listing, ListingChanges(photo_ids=[photo]), now)
    assert listing.photo_ids == [photo]
    for foreign in ([await upload(owner_id=nadia)], [photo, photo]):
        with pytest.raises(FileUnusableError):
            await update_listing(session, listing, ListingChanges(photo_ids=foreign), now)
    attachment = await upload(purpose=FilePurpose.ATTACHMENT)
    with pytest.raises(PhotoUnusableError) as refusal:
        await update_listing(session, listing, ListingChanges(photo_ids=[photo, attachment]), now)
    assert [place.pointer for place in refusal.value.errors] == ["/photo_ids/1"]


async def test_a_photo_is_seen_by_everybody_while_its_listing_is_active(
    session: AsyncSession, offer: Offer, upload: Upload, now: datetime
) -> None:
    photo = await upload()
    listing = await offer(photo_ids=[photo], state=ListingState.DRAFT)

    with pytest.raises(NotFoundError):
        await get_visible(session, photo, None)
    await update_listing(session, listing, ACTIVATE, now)
    await session.flush()
    assert (await get_visible(session, photo, None)).id == photo


async def test_ones_own_listings_come_newest_first_by_state(
    session: AsyncSession, offer: Offer, bruno: UUID, nadia: UUID
) -> None:
    first, second, draft = await offer(), await offer(), await offer(state=ListingState.DRAFT)
    await offer(seller_id=nadia)

    page = await listings_of(session, bruno, PageRequest(2))
    assert list(page.data) == [draft, second]
    assert page.next_cursor is not None
    rest = await listings_of(session, bruno, PageRequest(2, read_cursor(page.next_cursor)))
    assert (list(rest.data), rest.next_cursor) == ([first], None)
    assert list((await listings_of(session, bruno, PageRequest(), ListingState.DRAFT)).data) == [draft]


async def test_a_suspended_sellers_listing_is_not_on_show(
    session: AsyncSession, offer: Offer, people: dict[str, Account], now: datetime
) -> None:
    listing = await offer()
    people["bruno"].suspended_at = now
    await session.flush()

    with pytest.raises(ListingNotFoundError):
        await visible_listing(session, listing.id, None)


async def test_an_erased_person_leaves_closed_and_blank_listings(
    session: AsyncSession, offer: Offer, bruno: UUID
) -> None:
    listing = await offer(title="Portraits par Bruno Martin")
    assert [found["title"] for found in await export_listings(session, bruno)] == ["Portraits par Bruno Martin"]

    await erase_listings(session, bruno)

    await session.refresh(listing)
    assert (listing.state, listing.title, listing.description, listing.photo_ids) == ("closed", "—", "", [])
