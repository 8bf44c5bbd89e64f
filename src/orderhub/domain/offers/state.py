"""An offer in memory: the locked row as a plain object, and what the guards of its table look at."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from orderhub.domain.process import Actor, By


class OfferSort(StrEnum):
    """What an offer is: `making` says what each needs."""

    BUYER = "buyer"
    FAVOURITE = "favourite"
    CUSTOM = "custom"


class OfferFollowing(StrEnum):
    """What an accepted offer is for."""

    PLACE_ORDER = "place_order"
    ADD_EXTRA = "add_extra"


class OfferSide(StrEnum):
    """Who made an offer."""

    BUYER = "buyer"
    SELLER = "seller"


@dataclass(slots=True)
class OfferState:
    """The columns of one offer. The engine works on a copy and writes what differs."""

    id: UUID
    sort: str
    status: str
    version: int
    listing_id: UUID
    conversation_id: UUID | None
    for_order_id: UUID | None
    buyer_id: UUID
    seller_id: UUID
    author_id: UUID
    recipient_id: UUID
    amount: int
    currency: str
    listing_price: int
    days: int | None
    revisions: int | None
    scope: str | None
    message: str | None
    parent_id: UUID | None
    order_id: UUID | None
    terms: dict[str, Any]
    made_at: datetime
    status_since: datetime
    clock_anchor: datetime
    accepted_at: datetime | None
    expires_at: datetime

    def side(self, account_id: UUID) -> By:
        """As what this party of the offer acts."""
        return By.BUYER if account_id == self.buyer_id else By.SELLER

    def actor(self, account_id: UUID) -> Actor:
        """What a signed-in caller may act as on this offer: staff only look at it."""
        parties = {self.buyer_id: By.BUYER, self.seller_id: By.SELLER}
        return Actor(frozenset({parties[account_id]} if account_id in parties else ()), account_id)


COLUMNS: Final = tuple(field.name for field in fields(OfferState))


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """What an offer's table looks at of its listing, as it is now."""

    on_sale: bool
    """Whether it can be ordered, now or once whoever has reserved it doesn't pay."""
    accept_from: int | None
    """The seller's private floor from which a buyer's offer is accepted at once."""
    decline_under: int | None
    """That under which it is declined at once."""


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the guards look at; ``command`` is None while asking what is available."""

    offer: OfferState
    now: datetime
    actor: Actor
    command: Mapping[str, Any] | None = None
    listing: ListingFacts | None = None
    """None where nobody looks at it: a clock, a payment."""
