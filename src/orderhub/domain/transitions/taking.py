"""The one way to take a row, for whatever is versioned and has a table, a history and perhaps clocks.

Lock it → decide → effects → write everything in one statement → commit → answer. What the table doesn't list
is refused before anything is written; whatever is written stands or falls together. What differs from an order
to a quote or a refund is a `Subject`, and what is decided::

    ORDERS = Subject("order", loading.LOCK, loading.LOCK_KEYED, loading.LOCK_FOR_PROVIDER, …)
    await take_asked(database, caller, ORDERS, order_id, decide, show)

Something that changes together with another thing, such as an order's payment, takes its row in that one's
change: see ``rows.py``.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, find, write_change
from orderhub.domain.requests.versions import require_version
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import ROW, Running, still_due
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.infra.locking import LockingStatement, lock
from orderhub.kit.versions import Versions

L = TypeVar("L")
"""What is read with the lock: the thing, and all that is needed to decide."""
C = TypeVar("C")
"""Its change, once a row is decided on and its effects have filled it."""


@dataclass(frozen=True, slots=True)
class Clocks(Generic[L, C]):
    """What follows when a timer of the thing is due."""

    lock: LockingStatement
    """Gives way where somebody has the row."""
    at: Callable[[L, datetime], L]
    """The same at the timer's own instant."""
    running: Callable[[L], Sequence[Running]]
    fire: Callable[[L, Timer], C | None]
    """Takes the timer's row; None where the table refuses it."""
    reminder: Callable[[L, Running], Mapping[str, Any]]
    """The event of a timer that only reminds: the arguments of `firing.write_reminder`."""


@dataclass(frozen=True, slots=True)
class Subject(Generic[L, C]):
    """A sort of thing that takes rows. Its statements have a parameter ``<noun>_id``."""

    noun: str
    lock: LockingStatement
    """For a signed-in caller; has the parameters of `Caller.values`."""
    lock_keyed: LockingStatement
    """The same for a request with a key."""
    lock_inside: LockingStatement
    """For whoever no token reaches: a provider, a carrier, a mail, a job."""
    read: Callable[[Any], L]
    version: Callable[[L], int]
    changes: Callable[[HotTransaction, L, C], Awaitable[Changes]]
    """All that a change writes; may take numbers, or lock what else it closes."""
    require_visible: Callable[[Database, Caller, UUID], Awaitable[None]]
    clocks: Clocks[L, C] | None = None


Decide = Callable[[L], C]
"""Decides on a row and fills the change. Raises the table's refusals, InvalidError."""


async def take_asked(  # noqa: PLR0913, PLR0917 - who asks, of what, what is decided and how it is shown
    database: Database,
    caller: Caller,
    subject: Subject[L, C],
    subject_id: UUID,
    decide: Decide[L, C],
    show: Callable[[L, C], Answer],
    *,
    expected_version: Versions | None = None,
    dry_run: bool = False,
) -> Answer:
    """Take a row for a signed-in caller. ``show`` is asked once everything is in the change.

    Raises what ``decide`` and the subject's ``require_visible`` raise, StaleError, and the refusals of the key.
    """
    statement = subject.lock if caller.key is None else subject.lock_keyed
    wanted = {f"{subject.noun}_id": subject_id, **caller.values()}

    async def make(transaction: HotTransaction) -> Answer:
        loaded = subject.read(await find(transaction, statement, wanted))
        require_version(subject.noun, subject.version(loaded), expected_version)
        made = decide(loaded)
        changes = await subject.changes(transaction, loaded, made)
        return await conclude(transaction, caller, changes, show(loaded, made))

    async def require_visible() -> None:
        await subject.require_visible(database, caller, subject_id)

    return await attempt(database, caller, make, require_visible, dry_run=dry_run)


async def take_inside(database: Database, subject: Subject[L, C], subject_id: UUID, decide: Decide[L, C]) -> C | None:
    """Take a row for an actor that no token reaches; None, and nothing has changed, where none applies."""
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, subject.lock_inside, {f"{subject.noun}_id": subject_id})
        if row is None:
            return None
        loaded = subject.read(row)
        try:
            made = decide(loaded)
        except (TransitionError, GuardError, NotYoursError):
            return None
        await write_change(transaction, await subject.changes(transaction, loaded, made))
    return made


async def take_due(database: Database, subject: Subject[L, C], timer: Timer, now: datetime) -> None:
    """Take the row of a timer that is due, or drop the timer when it no longer applies.

    A timer beside a person's action, late or twice finds its row gone and does nothing. What somebody
    holds is left for the next sweep.
    """
    clocks = subject.clocks
    assert clocks is not None  # noqa: S101 - only what has clocks has timers
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, clocks.lock, {f"{subject.noun}_id": timer.subject_id})
        if row is None:
            return
        loaded = clocks.at(subject.read(row), now)
        running = still_due(clocks.running(loaded), timer, now)
        made = clocks.fire(loaded, timer) if running and timer.kind == ROW else None
        if made is not None:
            await write_change(transaction, await subject.changes(transaction, loaded, made))
        elif running is None or timer.kind == ROW:
            await firing.forget(transaction, timer)
        else:
            await firing.write_reminder(transaction, timer, **clocks.reminder(loaded, running))
