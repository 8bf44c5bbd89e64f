"""What a row changes on the quote besides its status: small pure effects over a draft."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from orderhub.domain.proforma.rules import check_promise
from orderhub.domain.quotes.draft import QuoteDraft
from orderhub.kit.text import parse_duration


def take(draft: QuoteDraft) -> None:
    """A member of staff has it in hand."""
    draft.quote.taken_by = draft.actor_id


def issue(draft: QuoteDraft) -> None:
    """The draft becomes the next version: its validity counts from now."""
    content = draft.quote.draft
    assert content is not None  # noqa: S101 - the row's guard
    _require_days_ahead(draft, content)
    quote = draft.quote
    quote.current = (quote.current or 0) + 1
    quote.currency, quote.total, quote.deposit = content["currency"], content["total"], content["deposit"]
    quote.expires_at = draft.now + parse_duration(content["valid_for"])
    quote.draft = None
    draft.issues = content
    draft.said["version"] = quote.current


def _require_days_ahead(draft: QuoteDraft, content: Mapping[str, Any]) -> None:
    """A draft may have lain: what it promises must still be ahead of the validity's end. Raises ProformaDatesError."""
    ends = draft.now + parse_duration(content["valid_for"])
    last = ends.astimezone(ZoneInfo(draft.operated_by.time_zone)).date()
    check_promise(date.fromisoformat(content["purchase_by"]), last)


def accept(draft: QuoteDraft) -> None:
    """The buyer agrees to the version that they name: the order is placed with it."""
    draft.places = True
    draft.said["version"] = draft.quote.current
    finish(draft)


def say_message(draft: QuoteDraft) -> None:
    """What to change is kept in the history and told to staff."""
    draft.said["message"] = draft.required("message")


def say_reason(draft: QuoteDraft) -> None:
    """The reason is kept in the history and told to the buyer."""
    draft.said["reason"] = draft.required("reason")


def finish(draft: QuoteDraft) -> None:
    """The quote is final."""
    draft.quote.final_at = draft.now
