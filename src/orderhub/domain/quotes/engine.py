"""The engine of quotes: lock the row → decide → effects → write everything in one statement → commit → answer.

Four round trips from BEGIN to COMMIT; issuing a version takes a fifth for its number.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.asking.asker import Answer, Asker
from orderhub.domain.asking.changing import attempt, conclude, find, write_change
from orderhub.domain.asking.versions import require_version
from orderhub.domain.operator import Operator
from orderhub.domain.orders.loading import Render as RenderOrder
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import accepting, advance, loading, timers
from orderhub.domain.quotes.draft import QuoteDraft
from orderhub.domain.quotes.errors import QuoteNotFoundError
from orderhub.domain.quotes.issuing import publish
from orderhub.domain.quotes.loading import Loaded, Render, read_loaded
from orderhub.domain.refusals import GuardError, TransitionError
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import ROW, Running, still_due
from orderhub.infra.database import Database, HotTransaction
from orderhub.infra.locking import lock
from orderhub.kit.ids import show_id
from orderhub.kit.versions import Versions

CREATED: Final = 201
"""Accepting answers with the order that it places."""


async def perform(  # noqa: PLR0913, PLR0917 - who asks what of which quote, and how what comes of it is shown
    database: Database,
    asker: Asker,
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
    asker = replace(asker, key=None) if dry_run else asker
    statement = loading.LOCK if asker.key is None else loading.LOCK_KEYED
    wanted = {"quote_id": quote_id, **asker.values()}

    async def change(transaction: HotTransaction) -> Answer:
        loaded = read_loaded(await find(transaction, statement, wanted))
        require_version("quote", loaded.quote.version, expected_version)
        actor = loaded.quote.actor(asker.account_id, asker.roles)
        draft = _advance(loaded, actor, action, command, operator)
        await publish(transaction, draft, loaded)
        if draft.places:
            placed = accepting.place(draft, loaded, actor)
            headers = {"ETag": '"1"', "Location": f"/v1/orders/{show_id('ord', placed.order.id)}"}
            answer = Answer(CREATED, render_order(placed, actor), headers)
        else:
            answer = Answer(200, render(after(loaded, draft), actor), {"ETag": f'"{draft.quote.version}"'})
        return await conclude(transaction, asker, advance.changes_of(draft, loaded), answer)

    return await attempt(database, asker, change, lambda: require_visible(database, asker, quote_id), dry_run=dry_run)


def after(loaded: Loaded, draft: QuoteDraft) -> Loaded:
    """The quote as it will be, with the version that the draft issues."""
    if draft.issues is None:
        return replace(loaded, quote=draft.quote)
    return replace(loaded, quote=draft.quote, content=draft.issues, issued_at=draft.now)


def _advance(loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any], operator: Operator) -> QuoteDraft:
    """Decide and fill the draft; a refusal by the table names what is available instead."""
    quote = loaded.quote
    try:
        return advance.advance(loaded, actor, action, command, operator)
    except (TransitionError, GuardError) as refusal:
        possible = [x.action for x in advance.available_to(quote, actor, loaded.now) if x.possible]
        more = {"current_status": quote.status, "available_actions": possible, "current": quote.current}
        refusal.extras = {**refusal.extras, **more}
        raise


async def fire(database: Database, timer: Timer, now: datetime) -> None:
    """Take the row of a timer that is due, or drop the timer when it no longer applies."""
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, loading.LOCK_FOR_CLOCK, {"quote_id": timer.subject_id})
        if row is None:
            return
        loaded = replace(read_loaded(row), now=now)
        running = still_due(timers.running(loaded.quote), timer, now)
        if running is None:
            await firing.forget(transaction, timer)
        elif timer.kind == ROW:
            draft = advance.advance(loaded, advance.CLOCK, timer.action, {})
            await write_change(transaction, advance.changes_of(draft, loaded))
        else:
            await _remind(transaction, timer, running, loaded)


async def _remind(transaction: HotTransaction, timer: Timer, running: Running, loaded: Loaded) -> None:
    quote = loaded.quote
    data = advance.event_data(loaded, quote, running.action, quote.status, By.CLOCK, None)
    await firing.tell(
        transaction,
        timer,
        topic="quote.reminder",
        subject=show_id("quo", quote.id),
        sequence=quote.version,
        parties=(quote.buyer_id, HOUSE_ID),
        at=loaded.now,
        data=data | firing.said_to(running),
    )


async def require_visible(database: Database, asker: Asker, quote_id: UUID) -> None:
    """Raises QuoteNotFoundError where the caller may not see the quote."""
    if await database.row(loading.READ, {"quote_id": quote_id, **asker.values()}) is None:
        raise QuoteNotFoundError
