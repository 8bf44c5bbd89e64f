"""The fan-out's place in the log: one row, locked while a batch is read, so that one worker is active."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event, EventReader, TransactionId
from orderhub.domain.events.position import Position
from orderhub.domain.events.queries import after, settled
from orderhub.infra.database import Database, Statement

FAN_OUT: Final = "fan_out"

_place = select(EventReader.xid, EventReader.event_id).where(EventReader.name == FAN_OUT)
_xid = select(EventReader.xid).where(EventReader.name == FAN_OUT).scalar_subquery()
_id = select(EventReader.event_id).where(EventReader.name == FAN_OUT).scalar_subquery()
_beyond = tuple_(Event.xid, Event.id) > tuple_(_xid, _id)


def ahead() -> ColumnElement[bool]:
    """Whether something stands in the log that this cluster has not come to: see `rebase`."""
    until = func.pg_snapshot_xmax(func.pg_current_snapshot(), type_=TransactionId())
    return or_(exists().where(Event.xid >= until), exists().where(EventReader.xid >= until))


_WAITING: Final = Statement(
    select(
        exists().where(_beyond, settled()).label("ready"),
        exists().where(_beyond).label("any"),
        ahead().label("ahead"),
    )
)


class Waiting(NamedTuple):
    """What is left to be read."""

    ready: bool
    """Settled events wait."""
    any: bool
    """Committed ones do."""
    ahead: bool
    """The log is of another cluster."""


async def waiting(database: Database) -> Waiting:
    """What waits in the log: one read, no lock."""
    row = await database.row(_WAITING, {})
    return Waiting(*row.values()) if row else Waiting(ready=False, any=False, ahead=False)


async def lock_place(session: AsyncSession, *, wait: bool) -> Position | None:
    """Take the place for this transaction; None when another worker has it and we don't ``wait``."""
    row = (await session.execute(_place.with_for_update(skip_locked=not wait))).first()
    return None if row is None else Position(row.xid, row.event_id)


async def settled_after(session: AsyncSession, position: Position, limit: int) -> Sequence[Event]:
    """The next events in commit order, internal ones too."""
    ahead = select(Event).where(settled(), after(position)).order_by(Event.xid, Event.id).limit(limit)
    return (await session.scalars(ahead)).all()


async def move_to(session: AsyncSession, event: Event) -> None:
    """The next batch begins after this event."""
    await session.execute(
        update(EventReader).where(EventReader.name == FAN_OUT).values(xid=event.xid, event_id=event.id)
    )
