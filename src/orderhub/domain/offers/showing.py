"""What events say of an offer: its public form at that moment, alike for both."""

from typing import Any

from orderhub.domain.offers.change import OfferChange
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.people import Person
from orderhub.domain.offers.state import OfferState
from orderhub.domain.process import By, tells
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

Document = dict[str, Any]


def event_data(
    loaded: Loaded, offer: OfferState, change: OfferChange, from_status: str | None, *, told: bool = True
) -> Document:
    """The data of the event of a change; ``told`` False where the next event tells all of it."""
    data = change_data(loaded, offer, change.action, from_status, change.by)
    data["actor_id"] = show_id("acc", change.actor_id) if change.actor_id else None
    if not told:
        data["tells"] = []
    if change.data:
        data["said"] = change.data
    return data


def change_data(loaded: Loaded, offer: OfferState, action: str, from_status: str | None, by: By) -> Document:
    """The same where nobody said anything, such as of a reminder."""
    return {
        "offer": _offer(loaded, offer),
        "action": action,
        "from": from_status,
        "to": offer.status,
        "by": by.value,
        "tells": sorted(party.value for party in tells(by)),
        "actor_id": None,
    }


def _offer(loaded: Loaded, offer: OfferState) -> Document:
    to_both = loaded.to_both
    return {
        "id": show_id("off", offer.id),
        "sort": offer.sort,
        "status": offer.status,
        "version": offer.version,
        "listing_id": show_id("lst", offer.listing_id),
        "title": to_both.text(loaded.listing.title),
        "amount": {"amount": offer.amount, "currency": offer.currency},
        "listing_price": {"amount": offer.listing_price, "currency": offer.currency},
        "made_by": offer.side(offer.author_id).value,
        "buyer": _person(loaded.buyer),
        "seller": _person(loaded.seller),
        "message": None if offer.message is None else to_both.text(offer.message),
        "conversation_id": show_id("cnv", offer.conversation_id) if offer.conversation_id else None,
        "for_order_id": show_id("ord", offer.for_order_id) if offer.for_order_id else None,
        "parent_id": show_id("off", offer.parent_id) if offer.parent_id else None,
        "order_id": show_id("ord", offer.order_id) if offer.order_id else None,
        "expires_at": show_instant(offer.expires_at),
    }


def _person(person: Person) -> Document:
    return {"id": show_id("acc", person.id), "handle": person.handle}
