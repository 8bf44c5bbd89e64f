"""Who is told what by an event: pure functions from an event to alerts.

The event says whom its row tells (``tells``), or whom a reminder waits for (``waits_for``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.preferences import Topic
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.wording import code_of, reminder_code_of
from orderhub.domain.orders.kinds import KINDS
from orderhub.kit.ids import parse_id

PARTIES: Final = ("buyer", "seller")
_SAID: Final = ("reason", "message", "decision", "resolution", "instructions")
"""What somebody wrote with an action, as the event carries it."""
_NAMED: Final = ("number", "appointment", "carrier", "tracking_number", "shortfalls")
_QUOTED: Final = 500


@dataclass(frozen=True, slots=True)
class Alert:
    """One person to tell. ``code`` is a key of `wording`; ``params`` are plain JSON."""

    account_id: UUID
    topic: Topic
    code: str
    params: Mapping[str, Any]
    order_id: UUID | None = None
    conversation_id: UUID | None = None
    quote_id: UUID | None = None
    offer_id: UUID | None = None
    listing_id: UUID | None = None


def of_order(event: Event) -> Sequence[Alert]:
    """The alerts of ``order.placed`` and ``order.transitioned``."""
    action, told = event.data["action"], event.data["tells"]
    kind = event.data["order"]["kind"]
    topic = Topic.PAYMENTS if action in KINDS[kind].words.about_money else Topic.ORDERS
    left, to = event.data["from"], event.data["to"]
    codes: dict[str, str] = {party: code_of(kind, action, left, to, reader=party) for party in PARTIES}
    return _to_parties(event, told, topic, codes)


def of_reminder(event: Event) -> Sequence[Alert]:
    """The alerts of ``order.reminder``: whoever is waited for."""
    order = event.data["order"]
    code = reminder_code_of(order["kind"], event.data["action"], order["status"])
    return _to_parties(event, event.data["waits_for"], Topic.REMINDERS, _alike(f"remind.{code}"))


def of_lateness(event: Event) -> Sequence[Alert]:
    """The alerts of ``order.late``: both, since the buyer may now cancel."""
    codes = _alike("order.late")
    return _to_parties(event, PARTIES, Topic.ORDERS, codes, day=event.data.get("promised_on"))


def _alike(code: str) -> dict[str, str]:
    return {"buyer": code, "seller": code}


def _to_parties(event: Event, told: Iterable[str], topic: Topic, codes: Mapping[str, str], **more: Any) -> list[Alert]:
    """``codes`` by party: what each reads."""
    order, said = event.data["order"], _said(event)
    params = {
        "title": order["title"],
        "buyer": order["buyer"]["handle"],
        "seller": order["seller"]["handle"],
        "due": event.data.get("due_at") or order["due_at"],
        "quote": _quote(said),
        **_details(said),
        **more,
    }
    return [
        Alert(
            _id("acc", order[party]["id"]), topic, codes[party], params, _id("ord", order["id"]), _conversation(order)
        )
        for party in PARTIES
        if party in told
    ]


def _said(event: Event) -> Mapping[str, Any]:
    return event.data.get("said") or {}


def _details(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the wordings of sourced orders name: amounts, a document's number, how the goods arrive."""
    found = {name: said[name] for name in _NAMED if said.get(name)}
    rest = said.get("balance") or said.get("still_due")
    if rest is not None:
        found["rest"] = rest
        if "received" in said:
            found["money"] = said["received"]
    return found


def of_quote(event: Event) -> Sequence[Alert]:
    """The alerts of ``quote.requested`` and all that follows; the proforma itself can't be switched off."""
    action, told = event.data["action"], event.data["tells"]
    if action == "accept":
        # The order that it places tells the house, and an acceptance by mail is answered by one (`replies`).
        told = ()
    topic = Topic.PAYMENTS if action == "issue" else Topic.ORDERS
    return _of_quote(event, told, topic, f"quote.{action}")


def of_quote_reminder(event: Event) -> Sequence[Alert]:
    """The alerts of ``quote.reminder``: whoever is waited for."""
    return _of_quote(event, event.data["waits_for"], Topic.REMINDERS, f"remind.quote.{event.data['action']}")


def _of_quote(event: Event, told: Iterable[str], topic: Topic, code: str) -> list[Alert]:
    quote = event.data["quote"]
    params = {
        "title": quote["title"],
        "buyer": quote["buyer"]["handle"],
        "number": quote["number"],
        "money": quote["total"],
        "due": event.data.get("due_at") or quote["expires_at"],
        "quote": _quote(_said(event)),
    }
    order_id, parties = quote["order_id"], {"buyer": _id("acc", quote["buyer"]["id"]), "seller": HOUSE_ID}
    return [
        Alert(parties[party], topic, code, params, order_id and _id("ord", order_id), quote_id=_id("quo", quote["id"]))
        for party in PARTIES
        if party in told
    ]


def of_offer(event: Event) -> Sequence[Alert]:
    """The alerts of ``offer.made`` and all that follows. A seller who sold, repriced or closed knows what that ends."""
    action, told = event.data["action"], event.data["tells"]
    if action == "supersede":
        told = ("buyer",)
    return _of_offer(event, told, Topic.OFFERS, f"offer.{action}")


def of_offer_reminder(event: Event) -> Sequence[Alert]:
    """The alerts of ``offer.reminder``: whoever is waited for."""
    return _of_offer(event, event.data["waits_for"], Topic.REMINDERS, f"remind.offer.{event.data['action']}")


def _of_offer(event: Event, told: Iterable[str], topic: Topic, code: str) -> list[Alert]:
    offer = event.data["offer"]
    params = {
        "title": offer["title"],
        "buyer": offer["buyer"]["handle"],
        "seller": offer["seller"]["handle"],
        "author": offer[offer["made_by"]]["handle"],
        "money": offer["amount"],
        "due": event.data.get("due_at") or offer["expires_at"],
        "quote": offer["message"] if event.data["action"] == "make" else None,
    }
    return [
        Alert(_id("acc", offer[party]["id"]), topic, code, params, offer_id=_id("off", offer["id"]))
        for party in PARTIES
        if party in told
    ]


def of_message(event: Event) -> Sequence[Alert]:
    """The alerts of ``message.sent``: every party but the author."""
    message = event.data["message"]
    params = {
        "title": message["title"],
        "author": message["author"]["handle"] if message["author"] else None,
        "excerpt": _shortened(message["text"]),
    }
    parties = dict(zip(PARTIES, (event.first_party, event.second_party), strict=True))
    order_id = message["order_id"] and _id("ord", message["order_id"])
    return [
        Alert(account_id, Topic.MESSAGES, "message.sent", params, order_id, _conversation(message))
        for party, account_id in parties.items()
        if party in event.data["tells"] and account_id is not None
    ]


def of_comment(event: Event, title: str) -> Sequence[Alert]:
    """The alert of ``comment.asked``, ``comment.answered`` and ``comment.mentioned``, about an item of this title."""
    comment, told = event.data["comment"], event.first_party
    if told is None:
        return []
    params = {"title": title, "author": comment["author"]["handle"], "excerpt": _shortened(comment["text"])}
    listing_id = _id("lst", comment["listing_id"])
    return [Alert(told, Topic.COMMENTS, event.topic, params, listing_id=listing_id)]


def _quote(said: Mapping[str, Any]) -> str | None:
    """What the other party or staff wrote, as the event discloses it."""
    text = next((said[name] for name in _SAID if isinstance(said.get(name), str)), None)
    if text is None:
        return None
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


def _conversation(shown: Mapping[str, Any]) -> UUID:
    return _id("cnv", shown["conversation_id"])


def _id(prefix: str, text: str) -> UUID:
    found = parse_id(prefix, text)
    if found is None:
        message = f"not a public id of kind {prefix}: {text!r}"
        raise ValueError(message)
    return found
