"""What a row changes on the quote besides its status: small pure effects over a change."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from orderhub.domain.proforma.rules import check_promise
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.transitions.said import says
from orderhub.kit.text import parse_duration


@says(perhaps=["left_out"])
def leave_out(change: QuoteChange) -> None:
    """The lines of the cart that can't be quoted are named to the buyer, each with why."""
    if left_out := change.command["left_out"]:
        change.data["left_out"] = list(left_out)


def take(change: QuoteChange) -> None:
    """A member of staff has it in hand."""
    change.quote.taken_by = change.actor_id


@says("version", perhaps=["number"])
def issue(change: QuoteChange) -> None:
    """The change becomes the next version: its validity counts from now."""
    content = change.quote.draft
    assert content is not None  # noqa: S101 - the row's guard
    _require_days_ahead(change, content)
    quote = change.quote
    quote.current = (quote.current or 0) + 1
    quote.currency, quote.total, quote.deposit = content["currency"], content["total"], content["deposit"]
    quote.expires_at = change.now + parse_duration(content["valid_for"])
    quote.draft = None
    change.issues = content
    change.data["version"] = quote.current


def _require_days_ahead(change: QuoteChange, content: Mapping[str, Any]) -> None:
    """A change may have lain: what it promises must still be ahead of the validity's end. Raises ProformaDatesError."""
    ends = change.now + parse_duration(content["valid_for"])
    last = ends.astimezone(ZoneInfo(change.operated_by.time_zone)).date()
    check_promise(date.fromisoformat(content["purchase_by"]), last)


@says("version")
def accept(change: QuoteChange) -> None:
    """The buyer agrees to the version that they name: the order is placed with it."""
    change.places = True
    change.data["version"] = change.quote.current
    finish(change)


@says(perhaps=["message"])
def say_message(change: QuoteChange) -> None:
    """What to change is kept in the history and told to staff."""
    change.data["message"] = change.required("message")


@says(perhaps=["reason"])
def say_reason(change: QuoteChange) -> None:
    """The reason is kept in the history and told to the buyer."""
    change.data["reason"] = change.required("reason")


def finish(change: QuoteChange) -> None:
    """The quote is final."""
    change.quote.final_at = change.now
