"""The details of a service order, on its own locked row: what was asked and agreed on, and what waits. Pure."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, structs

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.state import OrderState


class Extension(Struct, frozen=True, omit_defaults=True):
    """The seller's pending request for more time."""

    id: UUID
    at: datetime
    days: int
    reason: str | None = None


class Extra(Struct, frozen=True, omit_defaults=True):
    """An extra that waits for its payment; ``price`` is in minor units of the order's currency."""

    id: UUID
    at: datetime
    title: str
    price: int
    days: int
    option_id: str | None = None
    offer_id: UUID | None = None
    """The seller's custom offer that it is, in place of an option."""


class DeliveredFile(Struct, frozen=True):
    """A file of a delivery, as it was uploaded."""

    id: UUID
    name: str
    media_type: str
    size: int
    """In bytes."""


class Delivery(Struct, frozen=True, omit_defaults=True):
    """What was delivered at one time."""

    number: int
    """From 1 on; each revision that is accepted brings another."""
    at: datetime
    message: str | None = None
    files: tuple[DeliveredFile, ...] = ()


MOST_DELIVERIES: Final = 10
"""That an order shows: its newest. The history and the conversation have them all."""


class ServiceDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What only a service order has. It is replaced, never changed in place; so are the documents in it."""

    days: int
    """Days of work agreed on when placed; a revision gives them again."""
    questions: tuple[dict[str, Any], ...] = ()
    """The listing's, as they were: ``{"id", "kind", "label", "required", "choices"}``."""
    answers: tuple[dict[str, Any], ...] = ()
    """``{"question_id"}`` with one of ``text``, ``choice`` and ``file_id``."""
    instructions_missing: bool = False
    """Whether a required question waits for its answer."""
    revisions_included: int | None = None
    """None means unlimited."""
    revisions_used: int = 0
    accepted_at: datetime | None = None
    delivered_at: datetime | None = None
    """When something was delivered last."""
    deliveries: tuple[Delivery, ...] = ()
    """The newest `MOST_DELIVERIES`, the oldest of them first."""
    frozen_at: datetime | None = None
    """When the money was frozen since the order lasted too long, once."""
    cancellation_refused: bool = False
    """A cancellation was declined or lapsed: the buyer may now dispute."""
    offer_id: UUID | None = None
    """The seller's custom offer that it was placed with; None for the listing as it is offered to anybody."""
    scope: str | None = None
    """What that offer gives, in the seller's words."""
    extension: Extension | None = None
    extras: tuple[Extra, ...] = ()


def details_of(order: OrderState) -> ServiceDetails:
    """The details of a service order."""
    details = order.details
    assert isinstance(details, ServiceDetails)  # noqa: S101 - those of the order's kind
    return details


def amend(change: OrderChange, /, **changes: Any) -> None:
    """Replace some of the details."""
    change.order.details = structs.replace(details_of(change.order), **changes)
