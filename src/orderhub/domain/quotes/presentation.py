"""The public form of a quote for one reader: its buyer, or staff, who also see the draft and who took it.

Plain dictionaries; `api/schemas/quotes.py` documents the same shapes and a test holds the two together.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.orders.presentation import show_party
from orderhub.domain.process import Actor, By
from orderhub.domain.proforma.showing import show_content
from orderhub.domain.quotes import timers
from orderhub.domain.quotes.advance import available_to
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.quotes.state import QuoteState
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language

Document = dict[str, Any]


def role_of(actor: Actor) -> str:
    """As what the reader sees the quote: its buyer first, else staff."""
    return "buyer" if By.BUYER in actor.acts_as else "staff"


def present(loaded: Loaded, actor: Actor, language: Language, photos: PhotoLinks) -> Document:
    """The whole quote for its reader."""
    quote, role = loaded.quote, role_of(actor)
    for_staff = role == "staff"
    return {
        **_head(quote, show_party(loaded.buyer, photos), role, language),
        "cart_id": show_id("crt", quote.cart_id),
        "lines": quote.lines,
        "address": quote.address or None,
        "terms_accepted": {name: quote.terms_accepted[name] for name in ("version", "at")},
        "message": quote.message,
        "current": _current(loaded),
        "draft": show_content(quote.draft) if for_staff and quote.draft else None,
        "taken_by": show_id("acc", quote.taken_by) if for_staff and quote.taken_by else None,
        "deadlines": deadlines(quote),
        **_actions(quote, actor, loaded.now, language),
    }


def summarise(quote: Quote, buyer: Document, me: UUID, language: Language) -> Document:
    """One row of a list of quotes, for ``me``; ``buyer`` as they are shown."""
    return {
        **_head(quote, buyer, "buyer" if quote.buyer_id == me else "staff", language),
        "current": quote.current,
        "number": quote.number,
        "total": _money(quote.total, quote.currency),
        "deposit": _money(quote.deposit, quote.currency),
        "expires_at": _instant(quote.expires_at),
    }


def show_version(version: QuoteVersion, current: int | None) -> Document:
    """An issued version; ``current`` is the newest one's number."""
    return _version(
        version.content,
        version.n,
        version.number,
        (version.issued_at, version.expires_at),
        is_current=version.n == current,
    )


def deadlines(quote: QuoteState) -> list[Document]:
    """The clocks that run: what they will do, when, and who is waited for."""
    return [
        {"action": timer.action, "at": show_instant(timer.due), "waits_for": sorted(timer.waits_for)}
        for timer in timers.running(quote)
        if not timer.reminds
    ]


def _head(quote: Quote | QuoteState, buyer: Document, role: str, language: Language) -> Document:
    status = QUOTE.by_code[quote.status]
    return {
        "id": show_id("quo", quote.id),
        "version": quote.version,
        "status": quote.status,
        "label": status.label.within(language),
        "colour": status.colour,
        "title": quote.title,
        "role": role,
        "buyer": buyer,
        "order_id": show_id("ord", quote.order_id) if quote.order_id else None,
        "requested_at": show_instant(quote.requested_at),
        "status_since": show_instant(quote.status_since),
        "final_at": _instant(quote.final_at),
    }


def _current(loaded: Loaded) -> Document | None:
    quote, content, issued_at = loaded.quote, loaded.content, loaded.issued_at
    if content is None or issued_at is None or quote.current is None or quote.number is None:
        return None
    expires_at = quote.expires_at or issued_at
    return _version(content, quote.current, quote.number, (issued_at, expires_at), is_current=True)


def _version(
    content: Mapping[str, Any], n: int, number: str, valid: tuple[datetime, datetime], *, is_current: bool
) -> Document:
    return {
        "n": n,
        "number": number,
        "current": is_current,
        "issued_at": show_instant(valid[0]),
        "expires_at": show_instant(valid[1]),
        "content": show_content(content),
    }


def _actions(quote: QuoteState, actor: Actor, now: datetime, language: Language) -> Document:
    found = available_to(quote, actor, now)
    return {
        "available_actions": [x.action for x in found if x.possible],
        "not_yet": [
            {"action": x.action, "code": x.reason.code, "reason": x.reason.reason.within(language)}
            for x in found
            if x.reason is not None
        ],
    }


def _money(amount: int | None, currency: str | None) -> Document | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def _instant(value: datetime | None) -> str | None:
    return show_instant(value) if value else None
