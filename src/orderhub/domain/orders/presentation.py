"""The public form of an order for one reader: role-aware, with labels, deadlines and actions.

Plain dictionaries, encoded once; `api/schemas/orders/` documents the same shape and a test holds
the two together. A seller sees the net and never how the buyer paid.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.orders import allowances, shown, timers, words
from orderhub.domain.orders.advance import available_to
from orderhub.domain.orders.forecast import Step
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Readers
from orderhub.domain.orders.loading import Loaded, Party
from orderhub.domain.orders.money import net
from orderhub.domain.orders.stages import STAGES, stage_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import Actor, By
from orderhub.domain.transitions.timers import LATE
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label, Language

Document = dict[str, Any]


_ABSENT: Final[Document] = {name: value for kind in KINDS.values() for name, value in kind.shown.absent.items()}
_NOT_PENDING: Final[Document] = {
    name: value for kind in KINDS.values() for name, value in kind.shown.not_pending.items()
}
"""What an order shows in place of what only orders of other kinds have."""


def role_of(actor: Actor) -> str:
    """As what the reader sees the order: a party first, else staff."""
    if actor.acts_as & {By.BUYER, By.SHOP}:
        return "buyer"
    return "seller" if By.SELLER in actor.acts_as else "staff"


def present(loaded: Loaded, actor: Actor, language: Language, links: GivenLinks) -> Document:
    """The whole order for its reader."""
    order, photos = loaded.order, links.photos
    own, role = KINDS[order.kind].shown, role_of(actor)
    cancellation = shown.request(order.cancellation)
    buyers, sellers = words.of_party(loaded, "buyer", role), words.of_party(loaded, "seller", role)
    pending = {"cancellation": buyers.document(cancellation), **_NOT_PENDING, **sellers.document(own.pending(order))}
    return {
        **_head(loaded, language, photos),
        "title": sellers.text(order.title),
        "role": role,
        "buyer": show_party(loaded.buyer, photos, buyers),
        "seller": show_party(loaded.seller, photos, sellers),
        "listing_id": show_id("lst", order.listing_id) if order.listing_id else None,
        "category": order.category,
        "lines": [_line(own.line(line), order.currency, sellers, language) for line in order.lines],
        **_amounts(order, role),
        **_instants(order),
        "deadlines": deadlines(order),
        **_ABSENT,
        **own.figures(order),
        **sellers.document(own.show(order, role)),
        **own.buyers(order, buyers),
        **own.sellers(order, sellers, links),
        **own.of_both(order, Readers(role, buyers, sellers, links)),
        "pending": pending,
        **_actions(loaded, actor, language),
    }


def present_step(step: Step, language: Language) -> Document:
    """One step of a forecast: when, what, and the status and the money after it."""
    order = step.order
    return {
        "at": show_instant(step.at),
        "action": step.action,
        **show_words(order.kind, order.status, stage_of(order), language),
        "escrow": _escrow(order),
    }


def _head(loaded: Loaded, language: Language, photos: PhotoLinks) -> Document:
    order = loaded.order
    return {
        "id": show_id("ord", order.id),
        "kind": order.kind,
        "version": order.version,
        **show_words(order.kind, order.status, stage_of(order), language),
        "disputed": order.status in KINDS[order.kind].disputed,
        "late": is_late(order, loaded.now),
        "title": order.title,
        "photo": photos.show_any(loaded.photo),
        "conversation_id": show_id("cnv", order.conversation_id),
    }


def is_late(order: OrderState, now: datetime) -> bool:
    """What its status is about is past the due date."""
    return order.status in KINDS[order.kind].late and order.due_at is not None and now > order.due_at


@lru_cache(maxsize=1024)
def show_words(kind: str, status: str, stage: str, language: Language) -> Document:
    """The status and the stage with their labels and colour."""
    found = KINDS[kind].table.by_code[status]
    return {
        "status": status,
        "label": found.label.within(language),
        "colour": found.colour,
        "stage": stage,
        "stage_label": STAGES[stage].within(language),
    }


def show_party(party: Party, photos: PhotoLinks, words: Disclosure = AS_WRITTEN) -> Document:
    """A party as whoever reads its words sees it."""
    return {
        "id": show_id("acc", party.id),
        "handle": words.text(party.handle),
        "display_name": words.text(party.name),
        "photo": photos.show_any(party.photo),
    }


def _line(line: Mapping[str, Any], currency: str, words: Disclosure, language: Language) -> Document:
    price, title = shown.money(line["price"], currency), line["title"]
    said = title.within(language) if isinstance(title, Label) else words.text(title)
    return {"id": line["id"], "title": said, "price": price, "days": line["days"]}


def _escrow(order: OrderState) -> Document:
    amounts = {"held": order.held, "released": order.released, "refunded": order.refunded}
    return {name: {"amount": amount, "currency": order.currency} for name, amount in amounts.items()}


def _amounts(order: OrderState, role: str) -> Document:
    def money(amount: int) -> Document:
        return {"amount": amount, "currency": order.currency}

    earned = net(order.total, order.fee, order.shipping, order.commission_basis_points)
    return {
        "total": None if role == "seller" else money(order.total),
        "net": None if role == "buyer" else money(earned),
        "escrow": _escrow(order),
    }


def _instants(order: OrderState) -> Document:
    instants = {
        "placed_at": order.placed_at,
        "paid_at": order.paid_at,
        "due_at": order.due_at,
        "final_at": order.final_at,
        "status_since": order.status_since,
    }
    return {name: shown.instant(value) for name, value in instants.items()}


def deadlines(order: OrderState) -> list[Document]:
    """The clocks that run, the nearest first: what they will do, when, and who is waited for."""
    found = [timer for timer in timers.running(order) if not timer.reminds]
    return [
        {
            "action": "late" if timer.kind == LATE else timer.action,
            "at": show_instant(timer.due),
            "waits_for": sorted(timer.waits_for),
        }
        for timer in sorted(found, key=lambda timer: timer.due)
    ]


def _actions(loaded: Loaded, actor: Actor, language: Language) -> Document:
    found = available_to(loaded.order, actor, loaded.now)
    return {
        "available_actions": [x.action for x in found if x.possible],
        "not_yet": [
            {"action": x.action, "code": x.reason.code, "reason": x.reason.reason.within(language)}
            for x in found
            if x.reason is not None
        ],
        **allowances.show(loaded, actor, found, language),
    }
