"""Locking a thing, and reading what is needed to decide about it: alone, or with what it belongs to.

What belongs to another thing, such as a payment to its order, is locked after that one, always: whoever takes
a row of either may change both, and no two wait for each other::

    HOLD_ORDER = alone(loading.LOCK_FOR_PROVIDER, read_loaded)
    HOLD_PAYMENT = within(HOLD_ORDER, LOCK, HeldPayment)
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from orderhub.infra.database import HotTransaction, Statement
from orderhub.infra.locking import LockingStatement, lock

L = TypeVar("L")
"""What is read with the lock."""
W = TypeVar("W")
"""The same of the thing that it belongs to."""

Hold = Callable[[HotTransaction, Mapping[str, Any]], Awaitable[L | None]]
"""Locks a thing by the parameters of its statements; None where there is none, or somebody has it."""


def alone(statement: LockingStatement, read: Callable[[Any], L]) -> Hold[L]:
    """Lock a thing that belongs to no other."""

    async def hold(transaction: HotTransaction, values: Mapping[str, Any]) -> L | None:
        row = await lock(transaction, statement, values)
        return None if row is None else read(row)

    return hold


def within(whole: Hold[W], statement: LockingStatement, read: Callable[[W, Any], L]) -> Hold[L]:
    """Lock a thing after the one that it belongs to."""

    async def hold(transaction: HotTransaction, values: Mapping[str, Any]) -> L | None:
        holder = await whole(transaction, values)
        row = None if holder is None else await lock(transaction, statement, values)
        return None if holder is None or row is None else read(holder, row)

    return hold


def guarded(whole: Hold[W], statement: Statement, read: Callable[[W, Sequence[Any]], L]) -> Hold[L]:
    """Read, once the lock is there, further rows that nobody changes without it."""

    async def hold(transaction: HotTransaction, values: Mapping[str, Any]) -> L | None:
        holder = await whole(transaction, values)
        return None if holder is None else read(holder, await transaction.rows(statement, values))

    return hold
