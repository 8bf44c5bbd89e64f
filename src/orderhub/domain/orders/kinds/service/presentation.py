"""What a reader sees of a service order alone: days, revisions, questions, answers. Plain dictionaries."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.domain.orders import shown
from orderhub.domain.orders.kinds.kind import Document
from orderhub.domain.orders.state import OrderState
from orderhub.kit.ids import show_id

ABSENT: Final[Document] = {
    "days": 0,
    "revisions": {"included": 0, "used": 0},
    "questions": [],
    "answers": [],
    "accepted_at": None,
    "delivered_at": None,
}
NOT_PENDING: Final[Document] = {"extension": None, "extras": []}


def line(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The listing, an option or a paid extra: kept as it is shown."""
    return line


def show(order: OrderState, _role: str) -> Document:
    """The seller's side of it, the same for whoever reads it."""
    return {
        "days": order.days,
        "revisions": {"included": order.revisions_included, "used": order.revisions_used},
        "questions": order.questions,
        "answers": order.answers,
        "accepted_at": shown.instant(order.accepted_at),
        "delivered_at": shown.instant(order.delivered_at),
    }


def buyers(order: OrderState, words: Disclosure) -> Document:
    """The buyer's answers; a choice is one of the seller's own words."""
    return {"answers": words.document(order.answers)}


def pending(order: OrderState) -> Document:
    """A request for more time, and the extras that nobody has paid yet."""
    extras = [_extra(extra, order.currency) for extra in order.unpaid_extras()]
    return {"extension": shown.request(order.extension), "extras": extras}


def _extra(extra: Document, currency: str) -> Document:
    return {
        "id": show_id("ext", UUID(extra["id"])),
        "title": extra["title"],
        "price": shown.money(extra["price"], currency),
        "days": extra["days"],
    }
