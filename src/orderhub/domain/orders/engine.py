"""The engine of orders: what an order is to the sequence in ``transitions/taking.py``. The only writer of its status.

Four round trips from BEGIN to COMMIT, five where open payments expire, a document takes its number, or
other things change with the order.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from orderhub.domain.operator import Operator
from orderhub.domain.orders import advance, loading, queries, timers
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.errors import OrderNotFoundError, ReferenceUsedError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded, Render, read_loaded
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.manual import ONE_REFERENCE
from orderhub.domain.process import Actor, By
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.holding import alone
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.taking import Clocks, Subject, naming_available, take_asked, take_due, try_inside
from orderhub.domain.transitions.timers import LATE, Running
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.ids import show_id
from orderhub.kit.versions import Versions


async def perform(  # noqa: PLR0913, PLR0917 - who asks what of which order, and how it is shown
    database: Database,
    caller: Caller,
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
    caller = replace(caller, key=None) if dry_run else caller

    def decide(loaded: Loaded) -> OrderChange:
        return _advance(loaded, loaded.actor(caller), action, command, operator)

    def show(loaded: Loaded, change: OrderChange) -> Answer:
        after = replace(loaded, order=change.order)
        return Answer(200, render(after, loaded.actor(caller)), {"ETag": f'"{change.order.version}"'})

    return await take_asked(
        database, caller, ORDERS, order_id, decide, show, expected_version=expected_version, dry_run=dry_run
    )


def _advance(
    loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any], operator: Operator | None
) -> OrderChange:
    """Decide and fill the change; a refusal by the table names what is available instead."""
    order = loaded.order
    with naming_available(order.status, partial(advance.available_to, order, actor, loaded.now)):
        return advance.take(order, actor, action, loaded.now, command=command, operator=operator)


async def take_unasked(  # noqa: PLR0913, PLR0917 - who does what to which order
    database: Database,
    order_id: UUID,
    by: By,
    action: str,
    command: Mapping[str, Any],
    operator: Operator | None = None,
) -> bool:
    """Take a row for an actor that no token reaches, such as a verified tracking feed; False where none applies.

    ``operator`` is who issues what the action issues.
    """
    actor = Actor(frozenset({by}))

    def decide(loaded: Loaded) -> OrderChange:
        return advance.take(loaded.order, actor, action, loaded.now, command=command, operator=operator)

    return await try_inside(database, ORDERS, order_id, decide) is not None


async def fire_timer(database: Database, timer: Timer, now: datetime) -> None:
    """Take the row of a timer of an order that is due: see `take_due`."""
    await take_due(database, ORDERS, timer, now)


def _reminder(loaded: Loaded, running: Running) -> dict[str, Any]:
    order = loaded.order
    data = advance.event_data(loaded, running.action, order.status, By.CLOCK, None) | firing.said_to(running)
    return {
        "topic": "order.late" if running.kind == LATE else "order.reminder",
        "subject": show_id("ord", order.id),
        "sequence": order.version,
        "parties": (order.buyer_id, order.seller_id),
        "at": loaded.now,
        "data": data | _promised(order, running),
    }


def _promised(order: OrderState, running: Running) -> dict[str, str]:
    """The day that an order is late for, where it was promised as a day."""
    late = KINDS[order.kind].late.get(order.status)
    if running.kind != LATE or late is None or late.promised is None:
        return {}
    return {"promised_on": late.promised(order).isoformat()}


async def _changes(transaction: HotTransaction, loaded: Loaded, change: OrderChange) -> Changes:
    kind = KINDS[change.order.kind]
    if change.issues is not None and kind.issue is not None:
        await kind.issue(transaction, change)
    if change.settles and kind.settles is not None:
        await kind.settles(transaction, change)
    if advance.closes_payments(change):
        rows = await transaction.rows(advance.OPEN_PAYMENTS, {"order_id": change.order.id})
        advance.expire_payments(change, rows)
    return advance.changes_of(change, replace(loaded, order=change.order))


async def answered_before(database: Database, caller: Caller, order_id: UUID) -> Answer | None:
    """The stored answer of the caller's key, or None; asked before anything is looked up that a body names.

    Raises UnauthenticatedError, OrderNotFoundError (what is said of an id must not tell that the order is
    there), KeyReusedError.
    """
    await queries.read(database, caller, order_id)
    return await diagnosis.replay(database, caller)


ORDERS: Final[Subject[Loaded, OrderChange]] = Subject(
    noun=timers.SUBJECT,
    lock=alone(loading.LOCK, read_loaded),
    lock_keyed=alone(loading.LOCK_KEYED, read_loaded),
    lock_inside=alone(loading.LOCK_FOR_PROVIDER, read_loaded),
    visible=loading.READ,
    missing=OrderNotFoundError,
    version=lambda loaded: loaded.order.version,
    changes=_changes,
    clocks=Clocks(
        lock=alone(loading.LOCK_FOR_CLOCK, read_loaded),
        at=lambda loaded, now: replace(loaded, now=now),
        running=lambda loaded: timers.running(loaded.order),
        fire=advance.take_by_clock,
        reminder=_reminder,
    ),
    taken={ONE_REFERENCE: ReferenceUsedError},
)
