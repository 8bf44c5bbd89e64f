"""How a caller's change of one locked row is tried, and what is said when it can't be made.

Every hot write that a signed-in caller asks for goes through `attempt`; what differs from resource to
resource is what happens between the lock and the write.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NoReturn, TypeVar

import asyncpg

from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.conditions import session_alive
from orderhub.domain.requests.remembering import remember
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import Database, HotTransaction
from orderhub.infra.locking import LockingStatement, lock
from orderhub.kit.errors import ConflictError, StaleError
from orderhub.kit.text import Label

R = TypeVar("R")
_TRIES: Final = 3
"""How often a change is tried again when somebody else was faster between two statements."""


_CHECK_NOW: Final = "SET CONSTRAINTS ALL IMMEDIATE"


class _NotKeptError(Exception):
    """Carries the answer of a dry run past the transaction, which is rolled back by it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("a dry run keeps nothing")
        self.answer = answer


class MovedOnError(Exception):
    """No row came, or the write found another version: something changed under our feet."""


async def attempt(
    database: Database,
    caller: Caller,
    change: Callable[[HotTransaction], Awaitable[Answer]],
    require_visible: Callable[[], Awaitable[None]],
    *,
    dry_run: bool = False,
) -> Answer:
    """Make a change in a transaction of its own, or answer as the first request with its key was answered.

    A dry run writes everything, has the database check it, and rolls it back.

    ``change`` raises MovedOnError where no row came; ``require_visible`` raises the resource's own
    error for what the caller may not see. Raises what these raise, and the refusals of session and key.
    """
    for _ in range(_TRIES):
        try:
            async with database.hot_transaction() as transaction:
                answer = await change(transaction)
                if dry_run:
                    await _give_up(transaction, answer)
                return answer
        except _NotKeptError as tried:
            return tried.answer
        except MovedOnError:
            pass
        except (asyncpg.UniqueViolationError, ConflictError, StaleError):
            found = await diagnosis.replay(database, caller)
            if found is None:
                raise
            await require_visible()
            return found
        found = await _explain(database, caller, require_visible)
        if found is not None:
            return found
    raise ConflictError(
        Label(
            "Cela change très vite. Relisez, puis décidez.", "This is changing very fast. Read it again, then decide."
        ),
        retry_after=1,
    )


async def _give_up(transaction: HotTransaction, answer: Answer) -> NoReturn:
    """Have the database check what it checks at COMMIT, then leave the transaction without one."""
    await transaction.connection.execute(_CHECK_NOW)
    raise _NotKeptError(answer)


async def _explain(database: Database, caller: Caller, require_visible: Callable[[], Awaitable[None]]) -> Answer | None:
    """A replay, or the reason why nothing was found; None when it is worth another try."""
    await diagnosis.require_alive(database, caller)
    await require_visible()
    return await diagnosis.replay_or_free(database, caller)


async def find(
    transaction: HotTransaction, statement: LockingStatement, values: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The row that is needed to decide, locked. Raises MovedOnError where none comes: `attempt` finds out why."""
    return found(await lock(transaction, statement, values))


def found(row: R | None) -> R:
    """What is needed to decide. Raises MovedOnError where none came."""
    if row is None:
        raise MovedOnError
    return row


async def conclude(transaction: HotTransaction, caller: Caller, changes: Changes, answer: Answer) -> Answer:
    """Write a caller's change together with the answer under its key. Raises MovedOnError."""
    changes.alive = ("session", session_alive, {"session_id": caller.session_id, "account_id": caller.account_id})
    if caller.key is not None:
        changes.steps.append(remember(caller, answer))
    await write_change(transaction, changes)
    return answer


async def write_change(transaction: HotTransaction, changes: Changes) -> None:
    """Write a change. Raises MovedOnError where the row's version is no longer the one that was read."""
    if not await write(transaction, changes):
        raise MovedOnError
