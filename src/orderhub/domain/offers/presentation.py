"""The public form of an offer for one reader: what it is about, who is waited for, until when, and what follows.

Plain dictionaries; `api/schemas/offers.py` documents the same shapes and a test holds the two together.
"""

from datetime import datetime
from typing import Any, Final

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.domain.contact_details.masking import WHY_READER, WHY_SENDER
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.offers import timers
from orderhub.domain.offers.advance import available_to
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.people import Person
from orderhub.domain.offers.process import OFFER, accepted, pending
from orderhub.domain.offers.state import OfferFollowing, OfferState
from orderhub.domain.process import Actor, By
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label, Language

Document = dict[str, Any]
_RESERVES_NOTHING: Final = Label(
    "Une offre acceptée ne réserve rien : le premier qui paie achète.",
    "An accepted offer reserves nothing: whoever pays first buys.",
)
_MADE_TO_MEASURE: Final = Label(
    "Une offre sur mesure ne vaut que pour cet acheteur ; rien ne commence avant le paiement.",
    "A custom offer is for this buyer alone; nothing begins before it is paid.",
)


def role_of(actor: Actor) -> str:
    """As what the reader sees the offer: one of its parties, else staff."""
    return next((by.value for by in (By.BUYER, By.SELLER) if by in actor.acts_as), "staff")


def present(loaded: Loaded, actor: Actor, language: Language, links: GivenLinks) -> Document:
    """The whole offer for its reader."""
    offer, status = loaded.offer, OFFER.by_code[loaded.offer.status]
    return {
        "id": show_id("off", offer.id),
        "version": offer.version,
        "sort": offer.sort,
        "status": offer.status,
        "stage": status.stage,
        "label": status.label.within(language),
        "colour": status.colour,
        "role": role_of(actor),
        "made_by": offer.side(offer.author_id).value,
        "listing": _listing(loaded, actor, links),
        "buyer": _person(loaded, loaded.buyer, actor, links.photos),
        "seller": _person(loaded, loaded.seller, actor, links.photos),
        "amount": _money(offer.amount, offer.currency),
        "listing_price": _money(offer.listing_price, offer.currency),
        "days": offer.days,
        "revisions": offer.revisions,
        **_written(loaded, actor, language),
        **_references(offer),
        **_instants(offer),
        **_waits(loaded, actor, language),
        "follows": _follows(offer, language),
    }


def _listing(loaded: Loaded, actor: Actor, links: GivenLinks) -> Document:
    listing = loaded.listing
    price = None if listing.price is None else _money(listing.price, listing.currency)
    photo, on_show = listing.photo, listing.on_show and not loaded.seller.suspended
    return {
        "id": show_id("lst", listing.id),
        "kind": listing.kind,
        "state": listing.state,
        "title": _words(loaded, actor, loaded.seller).text(listing.title),
        "price": price,
        "photo": None if photo is None else links.photo(photo, is_on_show=on_show),
        "reserved_until": _instant(listing.reserved_until),
    }


def _words(loaded: Loaded, actor: Actor, writer: Person) -> Disclosure:
    return loaded.words(actor.account_id or writer.id, writer.id)


def _person(loaded: Loaded, person: Person, actor: Actor, photos: PhotoLinks) -> Document:
    return {
        "id": show_id("acc", person.id),
        "handle": person.handle,
        "display_name": _words(loaded, actor, person).text(person.name),
        "photo": photos.show_any(person.photo),
    }


def _written(loaded: Loaded, actor: Actor, language: Language) -> Document:
    """What its author wrote, as the reader sees it; the author is told what the other doesn't see."""
    offer = loaded.offer
    words = loaded.words(actor.account_id or offer.author_id, offer.author_id)
    written = (offer.message, offer.scope)
    masked = any(text is not None and loaded.to_both.text(text) != text for text in written)
    why = WHY_SENDER if actor.account_id == offer.author_id else WHY_READER
    return {
        "message": None if offer.message is None else words.text(offer.message),
        "scope": None if offer.scope is None else words.text(offer.scope),
        "notice": why.within(language) if masked else None,
    }


def _references(offer: OfferState) -> Document:
    shown = {
        "conversation_id": ("cnv", offer.conversation_id),
        "for_order_id": ("ord", offer.for_order_id),
        "parent_id": ("off", offer.parent_id),
        "order_id": ("ord", offer.order_id),
    }
    return {name: show_id(prefix, value) if value else None for name, (prefix, value) in shown.items()}


def _instants(offer: OfferState) -> Document:
    return {
        "made_at": show_instant(offer.made_at),
        "status_since": show_instant(offer.status_since),
        "accepted_at": _instant(offer.accepted_at),
        "expires_at": show_instant(offer.expires_at),
    }


def _waits(loaded: Loaded, actor: Actor, language: Language) -> Document:
    found = available_to(loaded, actor)
    return {
        "deadlines": [
            {"action": timer.action, "at": show_instant(timer.due), "waits_for": sorted(timer.waits_for)}
            for timer in timers.running(loaded.offer)
            if not timer.reminds
        ],
        "available_actions": [each.action for each in found if each.possible],
        "not_yet": [
            {"action": each.action, "code": each.reason.code, "reason": each.reason.reason.within(language)}
            for each in found
            if each.reason is not None
        ],
    }


def _follows(offer: OfferState, language: Language) -> Document | None:
    """What its buyer does once it is accepted, and that nothing is kept for them until they have paid."""
    if offer.status not in {pending.code, accepted.code}:
        return None
    extra = offer.for_order_id is not None
    custom = offer.days is not None
    return {
        "operation": (OfferFollowing.ADD_EXTRA if extra else OfferFollowing.PLACE_ORDER).value,
        "by": By.BUYER.value,
        "before": show_instant(offer.expires_at) if offer.status == accepted.code else None,
        "reserves": False,
        "notice": (_MADE_TO_MEASURE if custom else _RESERVES_NOTHING).within(language),
    }


def _money(amount: int, currency: str | None) -> Document:
    return {"amount": amount, "currency": currency}


def _instant(value: datetime | None) -> str | None:
    return None if value is None else show_instant(value)
