"""From a locked quote to everything that its change writes. Pure: decides, computes, composes rows."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.decisions import Available, available, decide
from orderhub.domain.operator import Operator
from orderhub.domain.process import STAFF, Actor, By, Status, tells
from orderhub.domain.quotes import timers
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.loading import Loaded
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.domain.quotes.state import COLUMNS, QuoteFacts, QuoteState, with_staff
from orderhub.domain.transitions.timers import cancel_step
from orderhub.infra.changes import Changes
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

CLOCK: Final = Actor(frozenset({By.CLOCK}))


def available_to(quote: QuoteState, actor: Actor, now: datetime) -> tuple[Available, ...]:
    """What an actor may do with a quote now, and why not yet."""
    return available(QUOTE, quote.status, actor, QuoteFacts(quote, now, actor))


def take(
    loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any], operator: Operator | None = None
) -> QuoteChange:
    """The quote's next state and the rows that go with it. Raises the table's refusals, InvalidError."""
    quote, now = loaded.quote, loaded.now
    row = decide(QUOTE, quote.status, action, actor, QuoteFacts(quote, now, actor, command))
    by = min(row.by & actor.acts_as)
    change = QuoteChange(
        quote,
        copy(quote),
        action=action,
        by=by,
        actor_id=actor.account_id,
        now=now,
        command=command,
        operator=operator,
    )
    for name in row.needs:
        change.required(name)
    assert isinstance(row.to, Status)  # noqa: S101 - every row of a quote leads to another status
    change.quote.version += 1
    change.quote.status = row.to.code
    change.quote.status_since = change.quote.clock_anchor = now
    if by in STAFF and actor.account_id is not None:
        change.quote.staff_ids = with_staff(quote.staff_ids, actor.account_id)
    for effect in row.effects:
        effect(change)
    return change


def changes_of(change: QuoteChange, loaded: Loaded) -> Changes:
    """Everything that the change writes: fields, history, event, timers, and the effects' rows."""
    quote, before = change.quote, change.before
    history = change.history(QUOTE.name, quote.id, quote.version, before.status, quote.status)
    change.rows["history"] = [history, *change.rows.get("history", [])]
    data = event_data(loaded, quote, change.action, before.status, change.by, change.actor_id)
    if change.data:
        data["said"] = change.data
    topic, subject = f"quote.{PAST[change.action]}", show_id("quo", quote.id)
    change.write_event(topic, subject, quote.version, (quote.buyer_id, HOUSE_ID), data)
    cancelled, fresh = timers.difference(before, quote, change.now)
    if fresh:
        change.rows["timers"] = [*change.rows.get("timers", []), *fresh]
    steps = [*change.steps, *([cancel_step(cancelled)] if cancelled else [])]
    return Changes("quotes", quote.id, before.version, _changed(before, quote), change.rows, change.updates, steps)


def _changed(before: QuoteState, after: QuoteState) -> dict[str, Any]:
    return {
        name: getattr(after, name)
        for name in COLUMNS
        if name != "version" and getattr(after, name) != getattr(before, name)
    }


def event_data(  # noqa: PLR0913, PLR0917 - what an event says of a change
    loaded: Loaded, quote: QuoteState, action: str, from_status: str | None, by: By, actor_id: UUID | None
) -> dict[str, Any]:
    """The public form of a quote at this moment."""
    total = None if quote.total is None else {"amount": quote.total, "currency": quote.currency}
    return {
        "quote": {
            "id": show_id("quo", quote.id),
            "status": quote.status,
            "version": quote.version,
            "number": quote.number,
            "current": quote.current,
            "title": quote.title,
            "currency": quote.currency,
            "total": total,
            "expires_at": show_instant(quote.expires_at) if quote.expires_at else None,
            "order_id": show_id("ord", quote.order_id) if quote.order_id else None,
            "buyer": {"id": show_id("acc", quote.buyer_id), "handle": loaded.buyer.handle},
        },
        "action": action,
        "from": from_status,
        "to": quote.status,
        "by": "staff" if by in STAFF else by.value,
        "tells": sorted(party.value for party in tells(by)),
        # Buyers read that staff acted, not who of them.
        "actor_id": show_id("acc", actor_id) if actor_id and by not in STAFF else None,
    }
