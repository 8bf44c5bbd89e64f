"""The one way to take a row, for whatever is versioned and has a table, a history and perhaps clocks.

Lock it → decide → effects → write everything in one statement → commit → answer. What the table doesn't list
is refused before anything is written; whatever is written stands or falls together. What differs from an order
to a quote or a refund is a `Subject`, and what is decided::

    ORDERS = Subject("order", lock=alone(loading.LOCK, read_loaded), …)
    await take_asked(database, caller, ORDERS, order_id, decide, show)

What belongs to another thing is locked after that one: see ``holding.py``. Something that changes together with
another thing, such as an order's payment, takes its row in that one's change: see ``rows.py``.
"""

from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import asyncpg

from orderhub.domain.decisions import Available
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import MovedOnError, attempt, conclude, found, write_change
from orderhub.domain.requests.versions import require_version
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.holding import Hold
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.timers import ROW, Running, still_due
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction, Statement
from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

L = TypeVar("L")
"""What is read with the lock: the thing, and all that is needed to decide."""
C = TypeVar("C")
"""Its change, once a row is decided on and its effects have filled it."""


@dataclass(frozen=True, slots=True)
class Clocks(Generic[L, C]):
    """What follows when a timer of the thing is due."""

    lock: Hold[L]
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
    lock: Hold[L]
    """For a signed-in caller; has the parameters of `Caller.values`."""
    lock_keyed: Hold[L]
    """The same for a request with a key."""
    lock_inside: Hold[L]
    """For whoever no token reaches: a provider, a carrier, a mail, a job."""
    visible: Statement
    """Brings a row where the caller may see it; has the parameters of ``lock``."""
    missing: type[NotFoundError]
    """What is said of one that is not there, or not theirs to see."""
    version: Callable[[L], int]
    changes: Callable[[HotTransaction, L, C], Awaitable[Changes]]
    """All that a change writes; may take numbers, or lock what else it closes."""
    clocks: Clocks[L, C] | None = None
    taken: Mapping[str, Callable[[], Exception]] = field(default_factory=dict[str, Callable[[], Exception]])
    """What it means where a unique constraint refuses the change, by the constraint's name."""


NOTHING: Final[Mapping[str, Any]] = {}

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
    given: Mapping[str, Any] = NOTHING,
    expected_version: Versions | None = None,
    dry_run: bool = False,
) -> Answer:
    """Take a row for a signed-in caller. ``show`` is asked once everything is in the change.

    ``given`` are further parameters of its statements. Raises what ``decide`` raises, the subject's own
    errors, StaleError, and the refusals of the key.
    """
    lock = subject.lock if caller.key is None else subject.lock_keyed
    wanted = {f"{subject.noun}_id": subject_id, **given, **caller.values()}

    async def make(transaction: HotTransaction) -> Answer:
        loaded = found(await lock(transaction, wanted))
        require_version(subject.noun, subject.version(loaded), expected_version)
        made = decide(loaded)
        changes = await subject.changes(transaction, loaded, made)
        return await conclude(transaction, caller, changes, show(loaded, made))

    async def seen() -> None:
        await require_visible(database, caller, subject, subject_id)

    try:
        return await attempt(database, caller, make, seen, dry_run=dry_run)
    except asyncpg.UniqueViolationError as error:
        raise _meaning(subject, error) from None


async def require_visible(database: Database, caller: Caller, subject: Subject[L, C], subject_id: UUID) -> None:
    """Raises the subject's own error where the caller may not see it."""
    if await database.row(subject.visible, {f"{subject.noun}_id": subject_id, **caller.values()}) is None:
        raise subject.missing


async def take_inside(  # noqa: PLR0913 - of what, what is decided, and what follows
    database: Database,
    subject: Subject[L, C],
    subject_id: UUID,
    decide: Decide[L, C],
    *,
    given: Mapping[str, Any] = NOTHING,
    then: Callable[[HotTransaction, C], Awaitable[None]] | None = None,
) -> C:
    """Take a row for an actor that no token reaches.

    ``then`` takes a row of what this change has placed, in the same transaction (`write_taken`). Raises what
    ``decide`` raises, the subject's own errors, and ConflictError where it should be tried again.
    """
    try:
        async with database.hot_transaction() as transaction:
            loaded = await subject.lock_inside(transaction, {f"{subject.noun}_id": subject_id, **given})
            if loaded is None:
                raise subject.missing
            made = decide(loaded)
            await write_taken(transaction, subject, loaded, made)
            if then is not None:
                await then(transaction, made)
            return made
    except asyncpg.UniqueViolationError as error:
        raise _meaning(subject, error) from None
    except MovedOnError:
        message = Label(
            f"Cela a changé au même instant ({subject.noun}). Renvoyez la requête.",
            f"The {subject.noun} changed at the same instant. Send it again.",
        )
        raise ConflictError(message, retry_after=1) from None


async def try_inside(  # noqa: PLR0913 - the same
    database: Database,
    subject: Subject[L, C],
    subject_id: UUID,
    decide: Decide[L, C],
    *,
    given: Mapping[str, Any] = NOTHING,
    then: Callable[[HotTransaction, C], Awaitable[None]] | None = None,
) -> C | None:
    """The same; None, and nothing has changed, where no row applies or there is no such thing."""
    try:
        return await take_inside(database, subject, subject_id, decide, given=given, then=then)
    except (TransitionError, GuardError, NotYoursError, subject.missing):
        return None


async def write_taken(transaction: HotTransaction, subject: Subject[L, C], loaded: L, made: C) -> None:
    """Write a row that was decided on of what the transaction holds: the end of the sequence."""
    await write_change(transaction, await subject.changes(transaction, loaded, made))


@contextmanager
def naming_available(status: str, possible: Callable[[], Iterable[Available]], **extras: Any) -> Generator[None]:
    """Within it, a refusal by the table says what is possible instead; ``extras`` are further members of it."""
    try:
        yield
    except (TransitionError, GuardError) as refusal:
        actions = [found.action for found in possible() if found.possible]
        refusal.extras = {**refusal.extras, "current_status": status, "available_actions": actions, **extras}
        raise


def _meaning(subject: Subject[L, C], error: asyncpg.UniqueViolationError) -> Exception:
    return next((meant() for name, meant in subject.taken.items() if name in str(error)), error)


async def take_due(database: Database, subject: Subject[L, C], timer: Timer, now: datetime) -> None:
    """Take the row of a timer that is due, or drop the timer when it no longer applies.

    A timer beside a person's action, late or twice finds its row gone and does nothing. What somebody
    holds is left for the next sweep.
    """
    clocks = subject.clocks
    assert clocks is not None  # noqa: S101 - only what has clocks has timers
    async with database.hot_transaction() as transaction:
        held = await clocks.lock(transaction, {f"{subject.noun}_id": timer.subject_id})
        if held is None:
            return
        loaded = clocks.at(held, now)
        running = still_due(clocks.running(loaded), timer, now)
        made = clocks.fire(loaded, timer) if running and timer.kind == ROW else None
        if made is not None:
            await write_taken(transaction, subject, loaded, made)
        elif running is None or timer.kind == ROW:
            await firing.forget(transaction, timer)
        else:
            await firing.write_reminder(transaction, timer, **clocks.reminder(loaded, running))
