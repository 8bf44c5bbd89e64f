"""What an extra of a service needs to know before the order is locked: the option or the offer that it adds."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.errors import currency_mismatch, require_price
from orderhub.domain.catalog.models import Listing, ListingOption
from orderhub.domain.offers.models import Offer
from orderhub.domain.orders.models import Order
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

_MOST_OF_TITLE: Final = 200


async def option_of(
    session: AsyncSession, order_id: UUID, option_id: UUID, expected: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields of an ``add_extra``: an option that the order's listing offers now, and a new id.

    Raises InvalidError for any other option and for one that costs nothing, PriceChangedError for another price
    than ``expected``, CurrencyMismatchError when the listing's currency changed.
    """
    wanted = (
        select(ListingOption, Listing.currency, Order.currency)
        .join(Listing, Listing.id == ListingOption.listing_id)
        .join(Order, Order.listing_id == Listing.id)
        .where(Order.id == order_id, ListingOption.id == option_id, ListingOption.active)
    )
    found = (await session.execute(wanted)).one_or_none()
    if found is None:
        raise invalid_field(
            "/option_id",
            "option_unknown",
            Label(
                "Choisissez une option que l’annonce de la commande propose maintenant.",
                "Choose an option that the order's listing offers now.",
            ),
        )
    option, offered, agreed = found
    if offered != agreed:
        raise currency_mismatch("/option_id", agreed)
    require_price(expected, option.price, agreed)
    if not option.price:
        raise invalid_field(
            "/option_id",
            "option_free",
            Label(
                "Un supplément se paie : ce qui ne coûte rien se convient par messages.",
                "An extra is paid for: what costs nothing is agreed in messages.",
            ),
        )
    shown = {"id": show_id("opt", option.id), "title": option.title, "price": option.price, "days": option.days}
    return {"option": shown, "extra_id": new_id()}


async def offered_for(
    session: AsyncSession, order_id: UUID, offer_id: UUID, expected: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields of an ``add_extra``: the seller's custom offer for this order, and a new id.

    Whether it can be used is asked once it is locked. Raises InvalidError for any other offer, PriceChangedError for
    another price than ``expected``.
    """
    offer = await session.get(Offer, offer_id)
    if offer is None or offer.for_order_id != order_id:
        raise invalid_field(
            "/offer_id",
            "offer_unfit",
            Label("Nommez une offre faite pour cette commande.", "Name an offer that was made for this order."),
        )
    require_price(expected, offer.amount, offer.currency)
    title = (offer.scope or "").splitlines()[0][:_MOST_OF_TITLE]
    shown = {"id": None, "title": title, "price": offer.amount, "days": offer.days or 0}
    return {"option": shown, "extra_id": new_id(), "offer_id": offer.id}
