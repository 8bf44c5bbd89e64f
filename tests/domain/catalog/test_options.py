"""Bruno offers options beside his logo."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingClosedError,
    ListingIncompleteError,
    OptionNotFoundError,
)
from orderhub.domain.catalog.models import Listing
from orderhub.domain.catalog.options import NewOption, OptionChanges, create_option, delete_option, update_option
from orderhub.domain.catalog.pricing import price_order
from orderhub.domain.catalog.queries import options_of, price_list
from orderhub.domain.catalog.rules import MAX_OPTIONS
from orderhub.domain.catalog.service import ListingChanges, close_listing, create_listing
from orderhub.domain.policies.room import LimitReachedError
from orderhub.kit.money import Money

Offer = Callable[..., Awaitable[Listing]]
EXPRESS = NewOption(title="Livraison express", price=Money(3000, "EUR"), days=-3)
CARDS = NewOption(title="Cartes de visite", price=Money(4500, "EUR"), days=2)


async def test_options_are_offered_in_the_order_they_were_added(
    session: AsyncSession, offer: Offer, now: datetime
) -> None:
    listing = await offer()
    express = await create_option(session, listing, EXPRESS, now)
    cards = await create_option(session, listing, CARDS, now)

    offered = await options_of(session, listing.id)

    assert list(offered) == [express, cards]
    assert listing.version == 3
    priced = price_order(price_list(listing, offered), [cards.id, express.id])
    assert (priced.total, priced.days) == (Money(19_500, "EUR"), 4)


async def test_an_option_is_in_the_currency_of_its_listing(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    in_francs = NewOption(title="Express", price=Money(30, "XOF"), days=0)
    with pytest.raises(CurrencyMismatchError):
        await create_option(session, listing, in_francs, now)

    express = await create_option(session, listing, EXPRESS, now)
    with pytest.raises(CurrencyMismatchError):
        await update_option(session, listing, express.id, OptionChanges(price=Money(30, "XOF")), now)


async def test_a_draft_without_price_has_no_options_yet(session: AsyncSession, bruno: UUID, now: datetime) -> None:
    draft = await create_listing(session, seller_id=bruno, changes=ListingChanges(title="Un logo"), now=now)

    with pytest.raises(ListingIncompleteError):
        await create_option(session, draft, EXPRESS, now)


async def test_an_option_changes_in_part(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    express = await create_option(session, listing, EXPRESS, now)

    await update_option(session, listing, express.id, OptionChanges(days=-2), now)

    assert (express.title, express.price, express.days) == ("Livraison express", 3000, -2)
    assert listing.version == 3


async def test_a_removed_option_is_offered_no_more(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    express = await create_option(session, listing, EXPRESS, now)

    await delete_option(session, listing, express.id, now)

    assert list(await options_of(session, listing.id)) == []
    with pytest.raises(OptionNotFoundError):
        await delete_option(session, listing, express.id, now)


async def test_an_option_of_another_listing_is_not_found(session: AsyncSession, offer: Offer, now: datetime) -> None:
    logo, site = await offer(), await offer(title="Site vitrine")
    express = await create_option(session, logo, EXPRESS, now)

    with pytest.raises(OptionNotFoundError):
        await update_option(session, site, express.id, OptionChanges(days=0), now)


async def test_a_closed_listing_keeps_its_options(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    express = await create_option(session, listing, EXPRESS, now)
    await close_listing(session, listing, now)

    with pytest.raises(ListingClosedError):
        await create_option(session, listing, CARDS, now)
    with pytest.raises(ListingClosedError):
        await update_option(session, listing, express.id, OptionChanges(days=0), now)
    with pytest.raises(ListingClosedError):
        await delete_option(session, listing, express.id, now)


async def test_options_are_limited_in_number(session: AsyncSession, offer: Offer, now: datetime) -> None:
    listing = await offer()
    for _ in range(MAX_OPTIONS):
        await create_option(session, listing, EXPRESS, now)

    with pytest.raises(LimitReachedError):
        await create_option(session, listing, CARDS, now)
