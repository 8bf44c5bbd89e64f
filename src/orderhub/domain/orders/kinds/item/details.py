"""The details of an item's order, on its own locked row: what was bought, where it is, what comes back. Pure."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.state import OrderState
from orderhub.kit.working_days import WorkingCalendar

Address = dict[str, Any]


class ReturnReason(StrEnum):
    """Why a buyer sends something back."""

    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"
    CHANGED_MIND = "changed_mind"


class DeliveredBy(StrEnum):
    """Whose word it is that the buyer has it."""

    CARRIER = "carrier"
    BUYER = "buyer"
    HAND_OVER = "hand_over"


class BoughtItem(Struct, frozen=True, omit_defaults=True):
    """A listing as it was when it was bought; ``price`` is in minor units of the order's currency."""

    listing_id: UUID
    title: str
    price: int
    condition: str
    parcel_size: str
    size: str | None = None
    brand: str | None = None
    colour: str | None = None


class Calendar(Struct, frozen=True):
    """The operator's working days when the order was placed: what is promised doesn't move."""

    zone: str
    weekdays: tuple[int, ...]
    holidays: tuple[date, ...] = ()
    """Those that a deadline of the order can meet."""

    def add(self, start: datetime, days: int) -> datetime:
        """The same time of day, so many working days later."""
        return WorkingCalendar(ZoneInfo(self.zone), frozenset(self.weekdays), frozenset(self.holidays)).add(start, days)


class Parcel(Struct, frozen=True):
    """What was given to a carrier."""

    carrier: str
    tracking_number: str
    sent_at: datetime


class Photo(Struct, frozen=True):
    """A picture that shows how something is, as it was uploaded."""

    id: UUID
    name: str
    media_type: str
    size: int
    """In bytes."""


class Return(Struct, frozen=True, omit_defaults=True):
    """Something that the buyer sends back, or wants to."""

    at: datetime
    reason: str | None
    """One of `ReturnReason`; None where staff ruled that it goes back."""
    message: str | None = None
    """The buyer's words."""
    photos: tuple[Photo, ...] = ()
    address: Address | None = None
    """Where to; empty once its writer is forgotten."""
    parcel: Parcel | None = None
    delivered_at: datetime | None = None
    """Since when the carrier says that it is back."""
    objection: str | None = None
    """The seller's words, who contests what came back, with what they saw."""
    objection_photos: tuple[Photo, ...] = ()

    @property
    def paid_by(self) -> str:
        """Who pays the way back: the seller, unless the buyer changed their mind."""
        return "buyer" if self.reason == ReturnReason.CHANGED_MIND else "seller"


class ItemDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What only an item's order has. It is replaced, never changed in place; so are the documents in it."""

    items: tuple[BoughtItem, ...]
    """In the order in which they were asked for; one or several of one seller."""
    address: Address
    """Where it goes; empty once its buyer is forgotten."""
    rates: dict[str, int]
    """By zone: what shipping costs there, as the order froze it."""
    near: tuple[str, ...]
    """Countries near where it comes from, as the order froze them."""
    origin: str
    """The country that it comes from."""
    calendar: Calendar
    pay_by: datetime | None = None
    """The end of the offer that was accepted, where there was one."""
    offer_id: UUID | None = None
    trader: bool = False
    """Whether the seller was a verified trader when it was placed."""
    trader_address: Address | None = None
    """Where returns go to a trader who says nothing else."""
    code: str | None = None
    """The buyer's, for whom is handed the item in person."""
    parcel: Parcel | None = None
    delivered_at: datetime | None = None
    delivered_by: str | None = None
    """One of `DeliveredBy`."""
    returned: Return | None = None


def details_of(order: OrderState) -> ItemDetails:
    """The details of an item's order."""
    details = order.details
    assert isinstance(details, ItemDetails)  # noqa: S101 - those of the order's kind
    return details


def amend(change: OrderChange, /, **changes: Any) -> None:
    """Replace some of the details."""
    change.order.details = structs.replace(details_of(change.order), **changes)


def amend_return(change: OrderChange, /, **changes: Any) -> None:
    """Replace a part of what is sent back."""
    returned = details_of(change.order).returned
    assert returned is not None  # noqa: S101 - the statuses of a return have one
    amend(change, returned=structs.replace(returned, **changes))
