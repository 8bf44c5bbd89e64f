"""A log that was restored: into another cluster, whose transactions count from anew, or in its own, which lost some."""

import pytest
from sqlalchemy import select, text

from orderhub.domain.events.models import Event
from orderhub.domain.events.position import BEGINNING, OtherLogError, Position
from orderhub.domain.events.queries import Viewer, beginning, feed, require_given, settled_until
from orderhub.domain.events.rebase import rebase
from orderhub.infra.database import Database
from orderhub.jobs.fan_out import fan_out
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
        start = await beginning(session)
        old = start.behind(last.xid, last.id)
    assert await fan_out(database) == 0
    await happen(database, "ord_4", parties=[AWA])
    await rebase(database)
    assert await fan_out(database) == 2
    async with database.session() as session:
        found = await feed(session, Viewer(AWA, staff=False), BEGINNING, 10)
        assert [event.subject for event in found] == [f"ord_{number}" for number in range(5)]
        for before in (old, start, Position(found[0].xid, found[0].id, start.log)):
            with pytest.raises(OtherLogError):
                await require_given(session, before)
        again = await beginning(session)
        for place in (again, again.behind(found[-1].xid, found[-1].id)):
            await require_given(session, place)


async def test_a_log_that_belongs_to_its_cluster_is_left_as_it_is(database: Database) -> None:
    await happen(database, "ord_1", parties=[AWA])
    async with database.session() as session:
        place = await settled_until(session)
    await rebase(database)
    async with database.session() as session:
        await require_given(session, place)


async def test_a_cursor_of_what_was_lost_is_refused_for_ever(database: Database) -> None:
    async with database.session() as session:
        empty = await settled_until(session)
    await happen(database, "ord_1", parties=[AWA])
    async with database.session() as session:
        kept = await settled_until(session)
    await happen(database, "ord_2", parties=[AWA])
    async with database.session() as session:
        lost = await settled_until(session)
        # As when a copy of the cluster is put back that was made in between: nothing else tells.
        await session.execute(text("DELETE FROM events WHERE subject = 'ord_2'"))
    for number in range(3, 6):
        async with database.session() as session:
            with pytest.raises(OtherLogError):
                await require_given(session, lost)
            for place in (empty, kept):
                await require_given(session, place)
        await happen(database, f"ord_{number}", parties=[AWA])
    async with database.session() as session:
        found = await feed(session, Viewer(AWA, staff=False), kept, 10)
    assert [event.subject for event in found] == ["ord_3", "ord_4", "ord_5"]
