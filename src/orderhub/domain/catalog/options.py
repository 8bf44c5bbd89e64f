"""The options of a service: what its seller offers beside it."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.errors import (
    ListingIncompleteError,
    NoOptionsError,
    OptionNotFoundError,
    currency_mismatch,
)
from orderhub.domain.catalog.models import Listing, ListingKind, ListingOption
from orderhub.domain.catalog.queries import options_of
from orderhub.domain.catalog.rules import check_open
from orderhub.domain.catalog.service import touch
from orderhub.domain.policies.room import require_fixed_room
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money
from orderhub.kit.text import Label


class OptionChanges(TypedDict, total=False):
    """What is to change; an absent key changes nothing."""

    title: str
    price: Money
    days: int


class NewOption(TypedDict):
    """A whole option."""

    title: str
    price: Money
    days: int


async def create_option(session: AsyncSession, listing: Listing, option: NewOption, now: datetime) -> ListingOption:
    """Offer an option more on one's `own_listing`.

    Raises ListingClosedError, NoOptionsError, LimitReachedError, ListingIncompleteError and CurrencyMismatchError.
    """
    check_open(listing)
    _check_kind(listing)
    require_fixed_room("listing_options", len(await options_of(session, listing.id)))
    _check_currency(listing, option["price"])
    added = ListingOption(
        id=new_id(),
        listing_id=listing.id,
        title=option["title"],
        price=option["price"].amount,
        days=option["days"],
        active=True,
    )
    session.add(added)
    touch(listing, now)
    return added


async def update_option(
    session: AsyncSession, listing: Listing, option_id: UUID, changes: OptionChanges, now: datetime
) -> ListingOption:
    """Change an option for orders to come.

    Raises ListingClosedError, OptionNotFoundError and CurrencyMismatchError.
    """
    check_open(listing)
    option = await _offered(session, listing.id, option_id)
    if "price" in changes:
        _check_currency(listing, changes["price"])
        option.price = changes["price"].amount
    option.title = changes.get("title", option.title)
    option.days = changes.get("days", option.days)
    touch(listing, now)
    return option


async def delete_option(session: AsyncSession, listing: Listing, option_id: UUID, now: datetime) -> None:
    """Offer an option no more; orders that have it keep it. Raises ListingClosedError, OptionNotFoundError."""
    check_open(listing)
    option = await _offered(session, listing.id, option_id)
    option.active = False
    touch(listing, now)


async def _offered(session: AsyncSession, listing_id: UUID, option_id: UUID) -> ListingOption:
    option = await session.get(ListingOption, option_id)
    if option is None or option.listing_id != listing_id or not option.active:
        raise OptionNotFoundError(Label("L’annonce n’a pas une telle option.", "The listing offers no such option."))
    return option


def _check_kind(listing: Listing) -> None:
    if listing.kind != ListingKind.SERVICE.value:
        raise NoOptionsError(
            Label(
                "Seul un service a des options : décrivez dans l’annonce tout ce qui va avec l’article.",
                "Only a service has options: describe in the listing all that comes with the item.",
            )
        )


def _check_currency(listing: Listing, price: Money) -> None:
    if listing.currency is None:
        raise ListingIncompleteError(
            Label(
                "Donnez d’abord son prix à l’annonce : ses options sont dans la même devise.",
                "Give the listing its price first: its options are in the same currency.",
            )
        )
    if price.currency != listing.currency:
        raise currency_mismatch("/price/currency", listing.currency)
