"""Offers at the edge: how one is made, and how it is shown to its buyer, its seller and staff.

The domain makes the same shapes as plain documents; a test holds them together.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import (
    AccountId,
    ConversationId,
    Input,
    Instant,
    ListingId,
    MoneyAboveZero,
    MoneyOut,
    Note,
    OfferId,
    Omittable,
    OrderId,
    Ordinal,
    Output,
    Text,
)
from orderhub.api.schemas.orders.order import NotYet, RunningClock
from orderhub.api.schemas.people import PersonOut
from orderhub.api.schemas.photos import PhotoOut
from orderhub.api.schemas.process_codes import (
    Actor,
    Colour,
    OfferActionName,
    OfferGuardCode,
    OfferStage,
    OfferStatus,
    OfferTransitionName,
)
from orderhub.domain.catalog.models import ListingKind, ListingState
from orderhub.domain.catalog.rules import MAX_DAYS
from orderhub.domain.offers.queries import OfferRole
from orderhub.domain.offers.recipients import MOST
from orderhub.domain.offers.state import OfferFollowing, OfferSide, OfferSort
from orderhub.kit.errors import invalid_field
from orderhub.kit.text import Label

_OFFER: dict[str, Any] = {"amount": {"amount": 2000, "currency": "EUR"}, "message": "Je peux la payer ce soir."}
Recipients = Annotated[
    list[AccountId],
    Field(min_length=1, max_length=MOST, description=f"Who favourited the item, {MOST} at most, each once."),
]


class OfferIn(Input):
    """An amount for an item: of a buyer, or with ``to`` of its seller to those who favourited it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OFFER]})

    amount: Annotated[
        MoneyAboveZero,
        Field(
            description="Of the item alone: shipping and fees come on top. At most its price; with `to` a tenth less."
        ),
    ]
    message: Omittable[Note] = None
    to: Annotated[
        Omittable[Recipients | Literal["all"]],
        Field(description="The seller's alone: to whom, or `all` for the 20 who favourited the item last."),
    ] = None

    def recipients(self) -> list[AccountId] | None:
        """To whom, as the domain knows it. Raises InvalidError for somebody who is named twice."""
        if self.to is None or self.to == "all":
            return None if self.to is None else []
        for place, account_id in enumerate(self.to):
            if account_id in self.to[:place]:
                raise invalid_field(
                    f"/to/{place}", "named_twice", Label("Nommez chacun une seule fois.", "Name each of them once.")
                )
        return self.to


_CUSTOM: dict[str, Any] = {
    "amount": {"amount": 18000, "currency": "EUR"},
    "days": 6,
    "revisions": 2,
    "scope": "Le logo, sa version broderie pour polos et une enseigne de 80 cm.",
}


class CustomOfferIn(Input):
    """What a service's seller proposes to one person."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CUSTOM]})

    amount: Annotated[MoneyAboveZero, Field(description="For all that `scope` says.")]
    days: Annotated[int, Field(ge=1, le=MAX_DAYS, description="Of work: from acceptance on, or added to the order's.")]
    revisions: Annotated[
        Annotated[int, Field(ge=0, le=100)] | None,
        Field(description="How many are included in a new order; null is unlimited."),
    ] = 0
    scope: Annotated[str, Text(10_000, lines=True), Field(description="What is given, in the seller's words.")]
    message: Omittable[Note] = None
    for_order_id: Annotated[
        Omittable[OrderId], Field(description="A running order whose extra it is to be; else it becomes a new order.")
    ] = None


class OfferListingOut(Output):
    """The listing that an offer is on, as it is now."""

    id: ListingId
    kind: ListingKind
    state: ListingState
    title: Annotated[str, Field(max_length=200)]
    price: Annotated[MoneyOut | None, Field(description="What it costs now.")]
    photo: Annotated[PhotoOut | None, Field(description="Its first, which both see whatever becomes of it.")]
    reserved_until: Annotated[Instant | None, Field(description="Until when an order holds it; null while none does.")]


class OfferDeadlineOut(RunningClock):
    """A clock of an offer: what it will do, when, and who is waited for."""

    action: OfferTransitionName


class OfferNotYetOut(NotYet):
    """An action on an offer that isn't possible, and why."""

    action: OfferActionName
    code: OfferGuardCode


class OfferFollowsOut(Output):
    """What its buyer does once an offer is accepted."""

    operation: Annotated[OfferFollowing, Field(description="Which operation takes its `offer_id`.")]
    by: Actor
    before: Annotated[Instant | None, Field(description="Until when; null while it is not accepted.")]
    reserves: Annotated[bool, Field(description="Whether anything is kept for the buyer meanwhile: nothing is.")]
    notice: Annotated[str, Text(300), Field(description="A sentence for both: that nothing is kept for the buyer.")]


class OfferOut(Output):
    """An offer whole, for its reader."""

    id: OfferId
    version: Ordinal
    sort: OfferSort
    status: OfferStatus
    stage: OfferStage
    label: Annotated[str, Text(80, examples=["En attente"])]
    colour: Colour
    role: OfferRole
    made_by: OfferSide
    listing: Annotated[OfferListingOut, Field(description="The listing that it is on, as it is now.")]
    buyer: PersonOut
    seller: PersonOut
    amount: Annotated[MoneyOut, Field(description="What is offered: of the item alone, or of all in `scope`.")]
    listing_price: MoneyOut
    days: Annotated[
        Annotated[int, Field(ge=1, le=MAX_DAYS)] | None, Field(description="Days of work; null but for a custom offer.")
    ]
    revisions: Annotated[
        Annotated[int, Field(ge=0, le=100)] | None,
        Field(description="How many a custom offer includes; null is unlimited."),
    ]
    scope: Annotated[
        str | None,
        Field(max_length=10_000, description="What a custom offer gives, in its seller's words; null for an item."),
    ]
    message: Annotated[str | None, Field(max_length=2000)]
    notice: Annotated[str | None, Field(max_length=300, description="Why something in it is masked; null: nothing.")]
    conversation_id: ConversationId | None
    for_order_id: OrderId | None
    parent_id: OfferId | None
    order_id: Annotated[OrderId | None, Field(description="The order that uses it, or has used it.")]
    made_at: Instant
    status_since: Instant
    accepted_at: Annotated[Instant | None, Field(description="When it was agreed to; null before.")]
    expires_at: Instant
    deadlines: Annotated[list[OfferDeadlineOut], Field(max_length=4)]
    available_actions: Annotated[list[OfferActionName], Field(max_length=4)]
    not_yet: Annotated[list[OfferNotYetOut], Field(max_length=4)]
    follows: Annotated[OfferFollowsOut | None, Field(description="What comes next; null once it is worth nothing.")]


class OffersMadeOut(Output):
    """The offers that were made: a buyer's one, or one to each that its seller named."""

    data: Annotated[list[OfferOut], Field(max_length=MOST)]
