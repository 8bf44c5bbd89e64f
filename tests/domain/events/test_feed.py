"""The feed: what one may see, in the order of commits, at a cost that does not grow with the log."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.position import BEGINNING, Position
from orderhub.domain.events.queries import Viewer, feed, feed_statement, news, settled_until
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id
from tests.making.events import note, settle

AWA, BRUNO, CHLOE = new_id(), new_id(), new_id()


async def subjects(database: Database, account: UUID, *, staff: bool = False) -> list[str]:
    async with database.session() as session:
        return [event.subject for event in await feed(session, Viewer(account, staff), BEGINNING, 100)]


async def test_each_sees_what_they_are_a_party_of_and_staff_see_all(database: Database) -> None:
    async with database.session() as session:
        note(session, "ord_a", AWA, BRUNO)
        note(session, "ord_b", BRUNO, AWA)
        note(session, "ord_c", AWA, AWA)
        note(session, "ord_d", BRUNO)
        note(session, "ord_e")
    await settle(database)
    assert await subjects(database, AWA) == ["ord_a", "ord_b", "ord_c"]
    assert await subjects(database, BRUNO) == ["ord_a", "ord_b", "ord_d"]
    assert await subjects(database, CHLOE) == []
    assert await subjects(database, CHLOE, staff=True) == ["ord_a", "ord_b", "ord_c", "ord_d", "ord_e"]


async def test_topics_that_only_cause_jobs_are_served_to_nobody(database: Database) -> None:
    async with database.session() as session:
        for topic in (
            "account.registered",
            "refund.pending",
            "order.reminder",
            "quote.reminder",
            "payment.expired",
            "staff.reminder",
        ):
            note(session, topic, AWA, topic=topic)
        note(session, "rfd_a", AWA, topic="refund.succeeded")
    await settle(database)
    assert await subjects(database, AWA) == ["rfd_a"]
    assert await subjects(database, CHLOE, staff=True) == ["rfd_a"]


async def test_an_event_that_commits_late_is_never_passed(database: Database) -> None:
    async with database.session() as slow:
        note(slow, "ord_early", AWA)
        await slow.flush()
        async with database.session() as quick:
            note(quick, "ord_late", AWA)
        assert await subjects(database, AWA) == []
    await settle(database)
    assert await subjects(database, AWA) == ["ord_early", "ord_late"]


async def test_pages_go_through_everything_once(database: Database) -> None:
    for number in range(5):
        async with database.session() as session:
            note(session, f"ord_{number}_a", AWA, BRUNO)
            note(session, f"ord_{number}_b", BRUNO, AWA)
    await settle(database)
    seen: list[str] = []
    place = BEGINNING
    async with database.session() as session:
        while page := await feed(session, Viewer(AWA, staff=False), place, 3):
            seen += [event.subject for event in page]
            place = Position(page[-1].xid, page[-1].id)
    assert seen == [f"ord_{number}_{part}" for number in range(5) for part in "ab"]


async def test_news_tell_whose_they_are_and_a_stream_begins_where_all_is_settled(database: Database) -> None:
    async with database.session() as session:
        note(session, "ord_old", AWA)
    await settle(database)
    async with database.session() as session:
        start = await settled_until(session)
    since = (await news(database, 0)).until
    async with database.session() as session:
        note(session, "ord_new", BRUNO, CHLOE)
    await settle(database)
    found = await news(database, since)
    assert found.some
    assert found.parties == {BRUNO, CHLOE}
    assert not (await news(database, found.until)).some
    async with database.session() as session:
        fresh = await feed(session, Viewer(CHLOE, staff=False), start, 10)
    assert [event.subject for event in fresh] == ["ord_new"]


async def rows_read(session: AsyncSession, viewer: Viewer, place: Position) -> int:
    """Rows that the plan of the feed took from its indexes, as PostgreSQL counted them."""
    statement = feed_statement(viewer, place, 20).compile(
        dialect=session.get_bind().dialect, compile_kwargs={"render_postcompile": True}
    )
    values: Sequence[Any] = [statement.params[name] for name in statement.positiontup or ()]
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    driver: Any = raw.driver_connection
    found = await driver.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", *values)
    return _scanned(found[0]["Plan"])


def _scanned(node: dict[str, Any]) -> int:
    assert node["Node Type"] != "Seq Scan", node
    own = 0
    if "Index" in node["Node Type"]:
        own = int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
    return own + sum(_scanned(child) for child in node.get("Plans", ()))


async def test_the_cost_does_not_grow_with_the_log(database: Database) -> None:
    async with database.session() as session:
        await session.execute(
            text(
                "INSERT INTO events (id, topic, subject, sequence, first_party, second_party, at, data) "
                "SELECT gen_random_uuid(), 'order.placed', 'ord_x', 1, "
                "CASE n % 3 WHEN 0 THEN CAST(:awa AS uuid) ELSE CAST(:bruno AS uuid) END, "
                "CASE n % 3 WHEN 1 THEN CAST(:awa AS uuid) ELSE CAST(:bruno AS uuid) END, now(), '{}' "
                "FROM generate_series(1, 20000) n"
            ),
            {"awa": AWA, "bruno": BRUNO},
        )
    await settle(database)
    async with database.session() as session:
        await session.execute(text("ANALYZE events"))
        middle = (await feed(session, Viewer(AWA, staff=False), BEGINNING, 100))[50]
        for staff in (False, True):
            read = await rows_read(session, Viewer(AWA, staff), Position(middle.xid, middle.id))
            assert 0 < read <= 45
        assert await rows_read(session, Viewer(BRUNO, staff=False), Position(middle.xid + 1, middle.id)) == 0


async def test_two_readers_at_once_see_the_same(database: Database) -> None:
    async with database.session() as session:
        for number in range(20):
            note(session, f"ord_{number}", AWA)
    await settle(database)
    first, second = await asyncio.gather(subjects(database, AWA), subjects(database, AWA))
    assert first == second
    assert len(first) == 20
