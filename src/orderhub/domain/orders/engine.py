"""The engine: the only writer of ``Order.status``, and the only place where this sequence exists.

Lock the row → decide → effects → write everything in one statement → commit → answer. Four round
trips from BEGIN to COMMIT, five where open payments expire. Whatever the table doesn't list is
refused before anything is written; whatever is written stands or falls together.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from orderhub.domain.asking import diagnosis
from orderhub.domain.asking.asker import Answer, Asker
from orderhub.domain.asking.changing import attempt, conclude, find, write_change
from orderhub.domain.asking.versions import require_version
from orderhub.domain.operator import Operator
from orderhub.domain.orders import advance, loading, queries, timers
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.errors import OrderNotFoundError, ReferenceUsedError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded, Render, read_loaded
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.proofs import ONE_REFERENCE
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import LATE, ROW, Running, still_due
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.infra.locking import lock
from orderhub.kit.ids import show_id
from orderhub.kit.versions import Versions


async def perform(  # noqa: PLR0913, PLR0917 - who asks what of which order, and how it is shown
    database: Database,
    asker: Asker,
    order_id: UUID,
    action: str,
    command: Mapping[str, Any],
    render: Render,
    *,
    operator: Operator | None = None,
    expected_version: Versions | None = None,
    dry_run: bool = False,
) -> Answer:
    """Do what a signed-in caller asks of an order. ``operator`` is who issues what the action issues.

    A dry run answers and refuses the same, and keeps nothing: neither the change nor a key.

    Raises OrderNotFoundError (also for what the caller may not see), the refusals of the table with
    the actions that are available instead, StaleError, InvalidError, and those of the key.
    """
    asker = replace(asker, key=None) if dry_run else asker
    statement = loading.LOCK if asker.key is None else loading.LOCK_KEYED
    wanted = {"order_id": order_id, **asker.values()}

    async def change(transaction: HotTransaction) -> Answer:
        loaded = read_loaded(await find(transaction, statement, wanted))
        require_version("order", loaded.order.version, expected_version)
        actor = loaded.order.actor(asker.account_id, asker.roles)
        draft = _advance(loaded, actor, action, command, operator)
        issue = KINDS[draft.order.kind].issue
        if draft.issues is not None and issue is not None:
            await issue(transaction, draft)
        after = replace(loaded, order=draft.order)
        changes = await _changes(transaction, draft, after)
        answer = Answer(200, render(after, actor), {"ETag": f'"{draft.order.version}"'})
        return await conclude(transaction, asker, changes, answer)

    try:
        return await attempt(
            database, asker, change, lambda: require_visible(database, asker, order_id), dry_run=dry_run
        )
    except asyncpg.UniqueViolationError as error:
        if ONE_REFERENCE not in str(error):
            raise
        raise ReferenceUsedError from None


def _advance(loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any], operator: Operator | None) -> Draft:
    """Decide and fill the draft; a refusal by the table names what is available instead."""
    try:
        return advance.advance(loaded.order, actor, action, loaded.now, command=command, operator=operator)
    except (TransitionError, GuardError) as refusal:
        possible = [x.action for x in advance.available_to(loaded.order, actor, loaded.now) if x.possible]
        refusal.extras = {**refusal.extras, "current_status": loaded.order.status, "available_actions": possible}
        raise


async def tell(database: Database, order_id: UUID, by: By, action: str, command: Mapping[str, Any]) -> bool:
    """Take a row for an actor that no token reaches, such as a verified tracking feed; False where none applies."""
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, loading.LOCK_FOR_PROVIDER, {"order_id": order_id})
        if row is None:
            return False
        loaded = read_loaded(row)
        try:
            draft = advance.advance(loaded.order, Actor(frozenset({by})), action, loaded.now, command=command)
        except (TransitionError, GuardError, NotYoursError):
            return False
        await write_draft(transaction, loaded, draft)
    return True


async def fire(database: Database, timer: Timer, now: datetime) -> None:
    """Take the row of a timer that is due, or drop the timer when it no longer applies.

    A timer beside a person's action, late or twice finds its row gone and does nothing. An order
    that somebody holds is left for the next sweep.
    """
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, loading.LOCK_FOR_CLOCK, {"order_id": timer.subject_id})
        if row is None:
            return
        loaded = replace(read_loaded(row), now=now)
        running = still_due(timers.running(loaded.order), timer, now)
        draft = advance.fire(loaded, timer) if running and timer.kind == ROW else None
        if draft is not None:
            await write_draft(transaction, loaded, draft)
        elif running is None or timer.kind == ROW:
            await firing.forget(transaction, timer)
        else:
            await _remind(transaction, timer, running, loaded)


async def _remind(transaction: HotTransaction, timer: Timer, running: Running, loaded: Loaded) -> None:
    order = loaded.order
    data = advance.event_data(loaded, running.action, order.status, By.CLOCK, None) | firing.said_to(running)
    await firing.tell(
        transaction,
        timer,
        topic="order.late" if running.kind == LATE else "order.reminder",
        subject=show_id("ord", order.id),
        sequence=order.version,
        parties=(order.buyer_id, order.seller_id),
        at=loaded.now,
        data=data | _promised(order, running),
    )


def _promised(order: OrderState, running: Running) -> dict[str, str]:
    """The day that an order is late for, where it was promised as a day."""
    late = KINDS[order.kind].late.get(order.status)
    if running.kind != LATE or late is None or late.promised is None:
        return {}
    return {"promised_on": late.promised(order).isoformat()}


async def write_draft(transaction: HotTransaction, loaded: Loaded, draft: Draft) -> None:
    """Write a draft that `payments` made of a locked order, in its transaction."""
    await write_change(transaction, await _changes(transaction, draft, replace(loaded, order=draft.order)))


async def _changes(transaction: HotTransaction, draft: Draft, after: Loaded) -> Changes:
    if advance.closes_payments(draft):
        rows = await transaction.rows(advance.OPEN_PAYMENTS, {"order_id": draft.order.id})
        advance.expire_payments(draft, rows)
    return advance.changes_of(draft, after)


async def answered_before(database: Database, asker: Asker, order_id: UUID) -> Answer | None:
    """The stored answer of the caller's key, or None; asked before anything is looked up that a body names.

    Raises UnauthenticatedError, OrderNotFoundError (what is said of an id must not tell that the order is
    there), KeyReusedError.
    """
    await queries.read(database, asker, order_id)
    return await diagnosis.replay(database, asker)


async def require_visible(database: Database, asker: Asker, order_id: UUID) -> None:
    """Raises OrderNotFoundError where the caller may not see the order."""
    if await database.row(loading.READ, {"order_id": order_id, **asker.values()}) is None:
        raise OrderNotFoundError
