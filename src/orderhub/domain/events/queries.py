"""Reading the log: always in commit order, and only what no open transaction can still precede.

Rows are served below ``pg_snapshot_xmin``: one with a lower transaction id may still commit above it,
and a reader that had passed would miss it. Each read is a keyset on one index per party, so its cost
does not grow with the number of events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, true, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from orderhub.domain.events.models import Event, EventLog, TransactionId
from orderhub.domain.events.position import BEGINNING, OtherLogError, Position
from orderhub.domain.events.topics import TOPICS
from orderhub.infra.database import Database, Statement
from orderhub.kit.text import Label

NEWS_AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads: an account sees what it is a party of, staff see all."""

    account_id: UUID
    staff: bool


@dataclass(frozen=True, slots=True)
class News:
    """What committed since the last look; ``parties`` is None when it was too much to tell whose."""

    until: int
    """Everything below this transaction id is settled."""
    log: int
    """The log's identity."""
    some: bool
    parties: frozenset[UUID] | None


def settled() -> ColumnElement[bool]:
    """Whether no open transaction can still put an event before this one."""
    return Event.xid < _xmin()


def after(position: Position) -> ColumnElement[bool]:
    """Whether an event comes after a place in the log."""
    return tuple_(Event.xid, Event.id) > tuple_(*_place(position))


def _xmin() -> ColumnElement[int]:
    return func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=TransactionId())


def _place(position: Position) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return _value(Event.xid, position.xid), _value(Event.id, position.id)


def _value(like: InstrumentedAttribute[Any], value: object) -> ColumnElement[Any]:
    return bindparam(None, value, like.type)


async def feed(session: AsyncSession, viewer: Viewer, position: Position, limit: int) -> Sequence[Event]:
    """At most ``limit`` events after a place that this viewer may see, oldest first."""
    return (await session.scalars(feed_statement(viewer, position, limit))).all()


def feed_statement(viewer: Viewer, position: Position, limit: int) -> Select[Event]:
    """The statement of `feed`; a test looks at its plan."""
    if viewer.staff:
        ahead = select(Event).where(settled(), after(position), _served())
        return ahead.order_by(Event.xid, Event.id).limit(limit)
    first = _of(Event.first_party, viewer, position, limit)
    # Who is both parties would otherwise read it twice.
    second = _of(Event.second_party, viewer, position, limit, Event.first_party.is_distinct_from(viewer.account_id))
    either = aliased(Event, union_all(first, second).subquery())
    return select(either).order_by(either.xid, either.id).limit(limit)


def _of(
    party: InstrumentedAttribute[UUID | None],
    viewer: Viewer,
    position: Position,
    limit: int,
    *but: ColumnElement[bool],
) -> Select[Event]:
    # The party is part of both bounds, so that only its own index can serve them: the planner would
    # else walk the whole log for a party that was busy once and is quiet now.
    mine = (
        select(Event)
        .where(
            party == viewer.account_id,
            tuple_(party, Event.xid, Event.id) > tuple_(_value(party, viewer.account_id), *_place(position)),
            tuple_(party, Event.xid) < tuple_(_value(party, viewer.account_id), _xmin()),
            _served(),
            *but,
        )
        .order_by(Event.xid, Event.id)
        .limit(limit)
    )
    return select(aliased(Event, mine.subquery()))


def _served() -> ColumnElement[bool]:
    return Event.topic.in_(TOPICS)


_identity = select(EventLog.identity).scalar_subquery()
_now = select(_xmin().label("until"), _identity.label("log")).subquery()
_fresh = (
    select(Event.id, Event.first_party, Event.second_party)
    .where(Event.xid >= bindparam("since", type_=TransactionId()), Event.xid < _now.c.until)
    .order_by(Event.xid, Event.id)
    .limit(NEWS_AT_MOST)
    .lateral()
)
_NEWS: Final = Statement(
    select(_now.c.until, _now.c.log, _fresh.c.id, _fresh.c.first_party, _fresh.c.second_party).select_from(
        _now.outerjoin(_fresh, true())
    )
)


async def news(database: Database, since: int) -> News:
    """Whether anything was settled since a transaction id, and who may see it: one cheap statement."""
    rows = await database.rows(_NEWS, {"since": since})
    fresh = [row for row in rows if row["id"] is not None]
    parties = frozenset(party for row in fresh for party in (row["first_party"], row["second_party"]) if party)
    return News(rows[0]["until"], rows[0]["log"], bool(fresh), parties if len(fresh) < NEWS_AT_MOST else None)


async def beginning(session: AsyncSession) -> Position:
    """The place before the first event of this log."""
    return BEGINNING._replace(log=await session.scalar(select(_identity)) or 0)


async def require_given(session: AsyncSession, position: Position) -> None:
    """Raises OtherLogError for a place that isn't in this log.

    Its identity tells a log that was restored by `orderhub restore`, or whose transactions count anew. One that
    was put back in any other way keeps its identity: there, what a cursor stands behind may be lost.
    """
    there = exists().where(Event.xid == _value(Event.xid, position.xid), Event.id == position.id)
    log, known = (await session.execute(select(_identity, there))).one()
    if position.log != log or not (known or position == BEGINNING._replace(log=log)):
        raise OtherLogError(
            Label(
                "Le journal a été restauré d’une sauvegarde depuis que ce curseur a été donné, et il peut y "
                "manquer ce que vous avez lu. Relisez depuis le début, sans curseur, et passez les événements dont "
                "vous connaissez l’id.",
                "The log was restored from a backup since this cursor was given out, and may lack what you read. "
                "Read again from the beginning, without a cursor, and skip the events whose ids you know.",
            )
        )


async def settled_until(session: AsyncSession) -> Position:
    """The place after everything that is settled: where a stream without a cursor begins."""
    newest = select(Event.xid, Event.id).where(settled()).order_by(Event.xid.desc(), Event.id.desc()).limit(1)
    found = (await session.execute(newest)).first()
    start = await beginning(session)
    return start if found is None else start.behind(found.xid, found.id)
