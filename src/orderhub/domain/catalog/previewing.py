"""What items would cost if they were ordered now, before anybody orders them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.countries import COUNTRY_RULES
from orderhub.domain.catalog.errors import currency_mismatch
from orderhub.domain.catalog.models import Listing, ListingKind
from orderhub.domain.catalog.parts import check_complete
from orderhub.domain.catalog.rules import ON_SHOW
from orderhub.domain.catalog.shipping import Charged, NotShippedError, charge, parcel_of
from orderhub.domain.policies.policy import Policy
from orderhub.kit.errors import InvalidError, invalid_field
from orderhub.kit.money import Money
from orderhub.kit.text import Label

MOST_BESIDES: Final = 19
"""Of one order, with the item that is looked at: twenty."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Items that would be sent together, and what they cost in all."""

    listings: Sequence[Listing]
    prices: Sequence[int]
    """Of each, as listed or as agreed on."""
    currency: str
    parcel: str
    destination: str
    charged: Charged


async def together(session: AsyncSession, listing: Listing, besides: Sequence[UUID]) -> Sequence[Listing]:
    """An item, and others of its seller in the order asked for. Raises InvalidError for one that can't come along."""
    wanted = select(Listing).where(Listing.id.in_(besides), Listing.seller_id == listing.seller_id)
    shown = {each.id: each for each in await session.scalars(wanted) if each.state in ON_SHOW}
    found = [listing]
    for place, listing_id in enumerate(besides):
        other, pointer = shown.get(listing_id), f"/listing_ids/{place}"
        if other is None or other.kind != ListingKind.ITEM.value or other in found:
            raise _not_along(pointer)
        if other.currency != listing.currency:
            raise currency_mismatch(pointer, listing.currency or "")
        found.append(other)
    return found


def _not_along(pointer: str) -> InvalidError:
    detail = Label(
        "Nommez d’autres articles du même vendeur, chacun une seule fois.",
        "Name other items of the same seller, each once.",
    )
    return invalid_field(pointer, "not_along", detail)


def price_items(
    policy: Policy, listings: Sequence[Listing], *, origin: str, destination: str, agreed: Money | None = None
) -> Bundle:
    """What they cost in one parcel; ``agreed`` is what an offer makes of the price of the only one.

    Raises ListingIncompleteError for a draft, NotShippedError.
    """
    for listing in listings:
        check_complete(listing)
    if destination not in COUNTRY_RULES:
        raise NotShippedError(listings[0].currency or "", destination)
    prices = [listing.price or 0 for listing in listings] if agreed is None else [agreed.amount]
    sizes = [listing.parcel_size or "" for listing in listings]
    currency = listings[0].currency or "" if agreed is None else agreed.currency
    charged = charge(
        policy.shipping,
        policy.protection,
        currency=currency,
        price=sum(prices),
        sizes=sizes,
        origin=origin,
        destination=destination,
    )
    return Bundle(listings, prices, currency, parcel_of(sizes), destination, charged)
