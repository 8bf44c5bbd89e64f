"""A change of an offer in the making: the offer before and after, and the one that counters it. No I/O."""

from dataclasses import dataclass

from orderhub.domain.offers.state import ListingFacts, OfferState
from orderhub.domain.transitions.change import Change


@dataclass(slots=True)
class OfferChange(Change):
    """What a row of the table is about to change."""

    before: OfferState
    offer: OfferState
    listing: ListingFacts | None = None
    """The listing, where a person answers."""
    countered_by: OfferState | None = None
    """The offer the other way that the change makes."""
