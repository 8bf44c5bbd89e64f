"""Locking a row, and reading what hangs on it as it is once the lock is there.

A statement that locks sees the row as its last holder left it, but everything else that it reads, joined
or selected within, as it was when the statement began: where it had to wait, half of what it brings is
past. `LockingStatement` therefore also reads which version of the row it began with, and `lock` runs it
again where that isn't the one that it got::

    _LOCK: Final = LockingStatement(select(Order.status, …).where(Order.id == bindparam("order_id")), of=Order)
    row = await lock(transaction, _LOCK, {"order_id": order_id})

It holds as long as whoever changes what hangs on a row has the row's lock, and raises its version.
Anything else that locks, locks alone: what guards the change is read in the next statement.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.infra.database import Base, HotTransaction, Statement

_GOT: Final = "got_version"
_BEGAN_WITH: Final = "began_with_version"
M = TypeVar("M", bound=Base)


class LockingStatement(Statement):
    """A statement of hot paths that locks one row of the table ``of``, which has an ``id`` and a ``version``."""

    __slots__ = ()

    def __init__(self, wanted: Select[*tuple[Any, ...]], *, of: type[Base], skip_locked: bool = False) -> None:
        table, began = of.__table__, of.__table__.alias("began_with")
        began_with = select(began.c.version).where(began.c.id == table.c.id).correlate(table).scalar_subquery()
        versions = (table.c.version.label(_GOT), began_with.label(_BEGAN_WITH))
        super().__init__(wanted.add_columns(*versions).with_for_update(of=table, skip_locked=skip_locked))


async def lock(
    transaction: HotTransaction, statement: LockingStatement, values: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Lock the row, and bring it with what hangs on it now; None where there is none, or somebody has it."""
    row = await transaction.row(statement, values)
    if row is not None and row[_GOT] != row[_BEGAN_WITH]:
        return await transaction.row(statement, values)
    return row


async def locked(session: AsyncSession, model: type[M], row_id: UUID) -> M | None:
    """The row with this id, locked in a unit of work and as it is now, whatever was read of it before."""
    return await session.get(model, row_id, with_for_update=True, populate_existing=True)
