"""What a reader sees of a service order alone: days, revisions, questions, answers. Plain dictionaries."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.orders import shown
from orderhub.domain.orders.kinds.kind import Document
from orderhub.domain.orders.kinds.service.details import DeliveredFile, Delivery, Extension, Extra, details_of
from orderhub.domain.orders.state import OrderState
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

ABSENT: Final[Document] = {
    "days": 0,
    "revisions": {"included": 0, "used": 0},
    "questions": [],
    "answers": [],
    "accepted_at": None,
    "delivered_at": None,
    "deliveries": [],
    "offer_id": None,
    "scope": None,
}
NOT_PENDING: Final[Document] = {"extension": None, "extras": []}


def line(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The listing, an option or a paid extra: kept as it is shown, but for the bare ids that an older version kept."""
    return line if "_" in line["id"] else {**line, "id": show_id("ext", UUID(line["id"]))}


def show(order: OrderState, _role: str) -> Document:
    """What the seller asks, and offered to this buyer alone, the same for whoever reads it."""
    details = details_of(order)
    return {"questions": list(details.questions), "scope": details.scope}


def figures(order: OrderState) -> Document:
    """Its days, revisions and instants."""
    details = details_of(order)
    return {
        "days": details.days,
        "revisions": {"included": details.revisions_included, "used": details.revisions_used},
        "accepted_at": shown.instant(details.accepted_at),
        "delivered_at": shown.instant(details.delivered_at),
        "offer_id": None if details.offer_id is None else show_id("off", details.offer_id),
    }


def sellers(order: OrderState, words: Disclosure, links: GivenLinks) -> Document:
    """What the seller delivered, in their words; files are called as they named them."""
    return {"deliveries": [_delivery(delivery, words, links) for delivery in details_of(order).deliveries]}


def buyers(order: OrderState, words: Disclosure) -> Document:
    """The buyer's answers; a choice is one of the seller's own words."""
    return {"answers": words.document(list(details_of(order).answers))}


def pending(order: OrderState) -> Document:
    """A request for more time, and the extras that nobody has paid yet."""
    details = details_of(order)
    extras = [_extra(extra, order.currency) for extra in details.extras]
    return {"extension": _extension(details.extension), "extras": extras}


def _delivery(delivery: Delivery, words: Disclosure, links: GivenLinks) -> Document:
    files = [_file(file, words, links) for file in delivery.files]
    message = delivery.message and words.text(delivery.message)
    return {"number": delivery.number, "at": show_instant(delivery.at), "message": message or None, "files": files}


def _file(file: DeliveredFile, words: Disclosure, links: GivenLinks) -> Document:
    found = links.attached(file.id, file.media_type)
    return {
        "id": show_id("fil", file.id),
        "name": words.text(file.name),
        "media_type": file.media_type,
        "size": file.size,
        **found,
        "url_expires_at": show_instant(found["url_expires_at"]),
    }


def _extension(asked: Extension | None) -> Document | None:
    return asked and {"asked_at": show_instant(asked.at), "reason": asked.reason, "days": asked.days}


def _extra(extra: Extra, currency: str) -> Document:
    return {
        "id": show_id("ext", extra.id),
        "title": extra.title,
        "price": shown.money(extra.price, currency),
        "days": extra.days,
    }
