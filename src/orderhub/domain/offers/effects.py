"""What a row changes on the offer besides its status: small pure effects over a change."""

from copy import copy
from typing import Final

from orderhub.domain.offers.change import OfferChange
from orderhub.domain.transitions.said import says
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import parse_duration

ACCEPTED: Final = "accepted_offer"
"""The name of the duration within which an accepted offer is used."""
ANSWER: Final = "offer"
"""The name of the one within which an offer is answered."""
CUSTOM_ANSWER: Final = "custom_offer"
"""Likewise, of a custom offer."""


def accept(change: OfferChange) -> None:
    """Agreed: the buyer has some time to pay at this price, and nothing is reserved meanwhile."""
    change.offer.accepted_at = change.now
    change.offer.expires_at = change.now + parse_duration(change.offer.terms[ACCEPTED])


@says("countered_by")
def counter(change: OfferChange) -> None:
    """Another amount, the other way: a fresh offer that has all its time."""
    offer, amount = change.before, change.required("amount")
    child = copy(offer)
    child.id, child.version, child.parent_id = new_id(), 1, offer.id
    child.author_id, child.recipient_id = offer.recipient_id, offer.author_id
    child.amount, child.message = amount["amount"], change.command.get("message")
    child.made_at = child.status_since = child.clock_anchor = change.now
    child.expires_at = change.now + parse_duration(child.terms[ANSWER])
    change.countered_by = child
    change.data["countered_by"] = show_id("off", child.id)


@says("because")
def say_because(change: OfferChange) -> None:
    """Why it is worth nothing any more is kept in the history and told to both."""
    change.data["because"] = change.required("because")


@says("order_id")
def redeem(change: OfferChange) -> None:
    """The order that used it is paid."""
    order_id = change.offer.order_id
    assert order_id is not None  # noqa: S101 - the row's guard
    change.data["order_id"] = show_id("ord", order_id)
