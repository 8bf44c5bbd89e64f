"""The engine of quotes: what a quote is to the sequence in ``transitions/taking.py``. The only writer of its status.

Four round trips from BEGIN to COMMIT; issuing a version takes a fifth for its number.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.operator import Operator
from orderhub.domain.orders.loading import Render as RenderOrder
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import accepting, advance, loading, timers
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.errors import QuoteNotFoundError
from orderhub.domain.quotes.issuing import publish
from orderhub.domain.quotes.loading import Loaded, Render, read_loaded
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.holding import alone
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.taking import Clocks, Subject, naming_available, take_asked, take_due
from orderhub.domain.transitions.timers import Running
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.ids import show_id
from orderhub.kit.versions import Versions

CREATED: Final = 201
"""Accepting answers with the order that it places."""


async def perform(  # noqa: PLR0913, PLR0917 - who asks what of which quote, and how what comes of it is shown
    database: Database,
    caller: Caller,
    quote_id: UUID,
    action: str,
    command: Mapping[str, Any],
    render: Render,
    render_order: RenderOrder,
    *,
    operator: Operator,
    expected_version: Versions | None = None,
    dry_run: bool = False,
) -> Answer:
    """Do what a signed-in caller asks of a quote; accepting it answers with the order.

    ``operator`` is in whose name a proforma is issued and an order placed.

    A dry run answers and refuses the same, and keeps nothing: neither the change nor a key.

    Raises QuoteNotFoundError (also for what the caller may not see), the refusals of the table with
    the actions that are available instead, StaleError, InvalidError, and those of the key.
    """
    caller = replace(caller, key=None) if dry_run else caller

    def decide(loaded: Loaded) -> QuoteChange:
        return _advance(loaded, _actor(loaded, caller), action, command, operator)

    def show(loaded: Loaded, change: QuoteChange) -> Answer:
        actor, placed = _actor(loaded, caller), change.placed
        if placed is not None:
            headers = {"ETag": '"1"', "Location": f"/v1/orders/{show_id('ord', placed.order.id)}"}
            return Answer(CREATED, render_order(placed, actor), headers)
        return Answer(200, render(after(loaded, change), actor), {"ETag": f'"{change.quote.version}"'})

    return await take_asked(
        database, caller, QUOTES, quote_id, decide, show, expected_version=expected_version, dry_run=dry_run
    )


def _actor(loaded: Loaded, caller: Caller) -> Actor:
    return loaded.quote.actor(caller.account_id, caller.roles)


def after(loaded: Loaded, change: QuoteChange) -> Loaded:
    """The quote as it will be, with the version that the change issues."""
    if change.issues is None:
        return replace(loaded, quote=change.quote)
    return replace(loaded, quote=change.quote, content=change.issues, issued_at=change.now)


def _advance(loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any], operator: Operator) -> QuoteChange:
    """Decide and fill the change; a refusal by the table names what is available instead."""
    quote = loaded.quote
    possible = partial(advance.available_to, quote, actor, loaded.now)
    with naming_available(quote.status, possible, current=quote.current):
        return advance.take(loaded, actor, action, command, operator)


async def fire_timer(database: Database, timer: Timer, now: datetime) -> None:
    """Take the row of a timer of a quote that is due: see `take_due`."""
    await take_due(database, QUOTES, timer, now)


def _take_by_clock(loaded: Loaded, timer: Timer) -> QuoteChange:
    return advance.take(loaded, advance.CLOCK, timer.action, {})


def _reminder(loaded: Loaded, running: Running) -> dict[str, Any]:
    quote = loaded.quote
    data = advance.event_data(loaded, quote, running.action, quote.status, By.CLOCK, None)
    return {
        "topic": "quote.reminder",
        "subject": show_id("quo", quote.id),
        "sequence": quote.version,
        "parties": (quote.buyer_id, HOUSE_ID),
        "at": loaded.now,
        "data": data | firing.said_to(running),
    }


async def _changes(transaction: HotTransaction, loaded: Loaded, change: QuoteChange) -> Changes:
    await publish(transaction, change, loaded)
    if change.places:
        change.placed = accepting.place(change, loaded, change.actor)
    return advance.changes_of(change, loaded)


QUOTES: Final[Subject[Loaded, QuoteChange]] = Subject(
    noun=timers.SUBJECT,
    lock=alone(loading.LOCK, read_loaded),
    lock_keyed=alone(loading.LOCK_KEYED, read_loaded),
    lock_inside=alone(loading.LOCK_FOR_MAIL, read_loaded),
    visible=loading.READ,
    missing=QuoteNotFoundError,
    version=lambda loaded: loaded.quote.version,
    changes=_changes,
    clocks=Clocks(
        lock=alone(loading.LOCK_FOR_CLOCK, read_loaded),
        at=lambda loaded, now: replace(loaded, now=now),
        running=lambda loaded: timers.running(loaded.quote),
        fire=_take_by_clock,
        reminder=_reminder,
    ),
)
