"""How items are ordered: the listings locked as they are on sale now, and the order that reserves them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.errors import AddressMissingError, AddressNotFoundError
from orderhub.domain.catalog.errors import currency_mismatch, require_price
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.shipping import Charged, charge
from orderhub.domain.offers import using
from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.offers.using import Accepted
from orderhub.domain.orders.errors import ListingReservedError, ListingUnavailableError
from orderhub.domain.orders.kinds.item.clocks import PAYMENT
from orderhub.domain.orders.kinds.item.details import BoughtItem, Calendar, ItemDetails, details_of
from orderhub.domain.orders.kinds.item.finding import found
from orderhub.domain.orders.kinds.item.holding import move_step
from orderhub.domain.orders.kinds.item.table import ITEM
from orderhub.domain.orders.kinds.kind import Beginning, Placing
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.policy import commission
from orderhub.domain.policies.room import require_room
from orderhub.infra.changes import Step
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

PARTS: Final = tuple(part.name for part in fields(PostalAddress))
SHIPPING_LINE: Final = "shipping"
FEE_LINE: Final = "protection"
MOST_ITEMS: Final = 20
_MOST_OF_TITLE: Final = 190


@dataclass(frozen=True, slots=True)
class ItemOrder:
    """What a buyer asks for: one or several items of one seller, in one parcel."""

    listing_ids: Sequence[UUID]
    """Each once."""
    address: PostalAddress | None = None
    """Checked, as its country writes it."""
    address_id: UUID | None = None
    """One's own address instead; without either, the default one."""
    offer_id: UUID | None = None
    """The accepted offer on the one item, whose amount is its price."""
    expected_total: Mapping[str, Any] | None = None
    """What the buyer saw that it costs, ``{"amount", "currency"}``; another price is refused."""
    order_id: UUID = field(default_factory=new_id)
    conversation_id: UUID = field(default_factory=new_id)
    """The ids that the order and its conversation will have."""

    def values(self) -> Mapping[str, Any]:
        """The parameters of the statement that finds and locks the listings."""
        return {
            "listing_ids": list(self.listing_ids),
            "first_listing_id": self.listing_ids[0],
            "address_id": self.address_id,
            "offer_id": self.offer_id,
        }


def _unavailable() -> ListingUnavailableError:
    return ListingUnavailableError(
        Label(
            "Il n’y a pas un tel article en vente. Choisissez une annonce active.",
            "There is no such item on sale. Choose a listing that is active.",
        )
    )


def _begin(row: Any, wanted: ItemOrder, beginning: Beginning) -> OrderState:
    """Raises the refusals of listings, offers, addresses and prices, and LimitReachedError."""
    listings, offer = list(_listings(row, wanted, beginning)), _offer(row, wanted, beginning)
    if offer is not None:
        listings[0] = {**listings[0], "price": offer.amount, "currency": offer.currency}
    address = _address(row, wanted)
    require_room(beginning.policy.bounds, "unpaid_orders", row["unpaid_orders"])
    currency = listings[0]["currency"]
    charged = _charged(listings, row["origin"], address["country"], beginning)
    require_price(wanted.expected_total, charged.total, currency)
    return _order(row, wanted, beginning, listings, charged, address, offer)


def _listings(row: Any, wanted: ItemOrder, beginning: Beginning) -> Sequence[Mapping[str, Any]]:
    """What is on sale, in the order asked for. Raises ListingUnavailableError, ListingReservedError, InvalidError."""
    by_id = {UUID(listing["id"]): listing for listing in row["listings"]}
    if by_id.keys() != set(wanted.listing_ids) or row["seller_gone"]:
        raise _unavailable()
    listings = [by_id[listing_id] for listing_id in wanted.listing_ids]
    if beginning.buyer_id == beginning.seller_id:
        detail = Label(
            "C’est votre propre annonce. Achetez chez quelqu’un d’autre.",
            "This is your own listing. Buy from somebody else.",
        )
        raise ListingUnavailableError(detail)
    for place, listing in enumerate(listings):
        _require_on_sale(listing)
        _require_alike(f"/listing_ids/{place}", listing, listings[0])
    return listings


def _offer(row: Any, wanted: ItemOrder, beginning: Beginning) -> Accepted | None:
    """The offer that is used. Raises OfferNotUsableError, also for one on something else, or for a bundle."""
    offer = using.read(row, beginning.now, wanted.offer_id)
    if offer is not None and not using.is_on(offer.sort, offer.listing_id, wanted.listing_ids):
        raise OfferNotUsableError
    return offer


def _require_on_sale(listing: Mapping[str, Any]) -> None:
    if listing["kind"] != ListingKind.ITEM.value:
        raise _unavailable()
    if listing["state"] == ListingState.RESERVED.value:
        raise ListingReservedError(UUID(listing["id"]), listing["reserved_until"], listing["own_order"])
    if listing["state"] != ListingState.ACTIVE.value:
        raise _unavailable()


def _require_alike(pointer: str, listing: Mapping[str, Any], first: Mapping[str, Any]) -> None:
    if listing["seller_id"] != first["seller_id"]:
        detail = Label(
            "Une commande réunit les articles d’un seul vendeur : commandez celui-ci à part.",
            "One order has items of one seller: order this one apart.",
        )
        raise invalid_field(pointer, "other_seller", detail)
    if listing["currency"] != first["currency"]:
        raise currency_mismatch(pointer, first["currency"])


def _address(row: Any, wanted: ItemOrder) -> dict[str, Any]:
    """Where it goes. Raises AddressNotFoundError, AddressMissingError."""
    if wanted.address is not None:
        return asdict(wanted.address)
    if row["address_country"] is not None:
        return {part: row[f"address_{part}"] for part in PARTS}
    if wanted.address_id is not None:
        raise AddressNotFoundError
    raise AddressMissingError


def _charged(listings: Sequence[Mapping[str, Any]], origin: str, destination: str, beginning: Beginning) -> Charged:
    policy = beginning.policy
    return charge(
        policy.shipping,
        policy.protection,
        currency=listings[0]["currency"],
        price=sum(listing["price"] for listing in listings),
        sizes=[listing["parcel_size"] for listing in listings],
        origin=origin,
        destination=destination,
    )


def _order(  # noqa: PLR0913, PLR0917 - all that an order is made of
    row: Any,
    wanted: ItemOrder,
    beginning: Beginning,
    listings: Sequence[Mapping[str, Any]],
    charged: Charged,
    address: dict[str, Any],
    offer: Accepted | None,
) -> OrderState:
    policy, now, first = beginning.policy, beginning.now, listings[0]
    further = f" + {len(listings) - 1}" if len(listings) > 1 else ""
    return OrderState(
        id=wanted.order_id,
        kind=ITEM.name,
        status=ITEM.start.code,
        version=1,
        buyer_id=beginning.buyer_id,
        seller_id=beginning.seller_id,
        listing_id=UUID(first["id"]),
        conversation_id=wanted.conversation_id,
        title=first["title"][:_MOST_OF_TITLE] + further,
        category=first["category"],
        photo_file_id=UUID(first["photo_id"]),
        currency=first["currency"],
        total=charged.total,
        fee=charged.fee,
        shipping=charged.shipping,
        held=0,
        lines=_lines(listings, charged),
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=commission(policy, ITEM.name, first["category"]),
        terms=policy.copied(),
        placed_at=now,
        status_since=now,
        clock_anchor=now,
        clock_shift=timedelta(),
        details=ItemDetails(
            items=tuple(map(_item, listings)),
            address=address,
            rates=dict(charged.rates),
            near=policy.shipping.near_to(row["origin"]),
            origin=row["origin"],
            offer_id=offer and offer.id,
            pay_by=offer and offer.expires_at,
            calendar=Calendar(beginning.time_zone, tuple(policy.working_days), tuple(row["holidays"])),
            trader=row["trader_address"] is not None,
            trader_address=row["trader_address"],
        ),
    )


def _lines(listings: Sequence[Mapping[str, Any]], charged: Charged) -> list[dict[str, Any]]:
    """Each item, then the shipping and the fee, which their reader's language names."""
    items = [(show_id("lst", UUID(each["id"])), each["title"], each["price"]) for each in listings]
    added = [(SHIPPING_LINE, SHIPPING_LINE, charged.shipping), (FEE_LINE, FEE_LINE, charged.fee)]
    return [{"id": name, "title": title, "price": price, "days": 0} for name, title, price in (*items, *added)]


def _item(listing: Mapping[str, Any]) -> BoughtItem:
    return BoughtItem(
        UUID(listing["id"]),
        listing["title"],
        listing["price"],
        listing["condition"],
        listing["parcel_size"],
        listing["size"],
        listing["brand"],
        listing["colour"],
    )


def _claims(order: OrderState) -> Sequence[Step]:
    """The listings are reserved until the order's clock, and an offer is the order's as long."""
    (reserved,) = PAYMENT.deadlines(order)
    offer_id = details_of(order).offer_id
    used = () if offer_id is None else (using.use_step(order.id, offer_id),)
    return (move_step(order, ListingState.RESERVED.value, order.placed_at, reserved.due), *used)


PLACING: Final = Placing(found(), _begin, _unavailable, _claims)
