"""A log that was restored into another cluster, whose transactions count from anew."""

import pytest
from sqlalchemy import select, text

from orderhub.domain.events.models import Event
from orderhub.domain.events.position import BEGINNING, Position
from orderhub.domain.events.queries import Viewer, feed, require_given
from orderhub.domain.events.rebase import REBASE
from orderhub.infra.database import Database
from orderhub.jobs.fan_out import fan_out
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id
from tests.making.events import happen

AWA = new_id()


async def test_a_restored_log_is_served_and_fanned_out_where_it_was_left(database: Database) -> None:
    for number in range(3):
        await happen(database, f"ord_{number}", parties=[AWA])
    await fan_out(database)
    await happen(database, "ord_3", parties=[AWA])
    async with database.session() as session:
        # As it comes from a cluster that had counted a billion transactions more.
        for table in ("events", "event_readers"):
            await session.execute(text(f"UPDATE {table} SET xid = (xid::text::bigint + 1000000000)::text::xid8"))
        last = (await session.scalars(select(Event).order_by(Event.xid.desc()))).first()
        assert last is not None
        old = Position(last.xid, last.id)
    assert await fan_out(database) == 0
    async with database.session() as session:
        for statement in REBASE:
            await session.execute(text(statement))
    await happen(database, "ord_4", parties=[AWA])
    assert await fan_out(database) == 2
    async with database.session() as session:
        found = await feed(session, Viewer(AWA, staff=False), BEGINNING, 10)
        assert [event.subject for event in found] == [f"ord_{number}" for number in range(5)]
        with pytest.raises(InvalidError):
            await require_given(session, old)
        await require_given(session, Position(found[-1].xid, found[-1].id))
