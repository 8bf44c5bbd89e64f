"""Jobs that fail, that last, and that kill their worker."""

import asyncio
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from orderhub.infra.database import Database
from orderhub.infra.queue import enqueue
from orderhub.infra.queue_consumer import Consumer, Handled, Lane, Trying

MANY = Lane("many", 8)
NO_DELAY = Trying(attempts=3, first=timedelta(), longest=timedelta())

LETHAL_WORKER = """
import asyncio, os, signal, sys
from datetime import timedelta
from orderhub.infra.database import Database
from orderhub.infra.queue_consumer import Consumer, Handled, Lane, Trying

async def die(payload):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    handlers = {"lethal": Handled(die, Trying(attempts=2), Lane("many", 8))}
    consumer = Consumer(Database(sys.argv[1]), handlers, dead_after=timedelta(seconds=0.3))
    while True:
        await consumer.take()
        await asyncio.sleep(0.05)

asyncio.run(main())
"""


async def statuses(database: Database) -> list[tuple[str, int]]:
    async with database.session() as session:
        rows = await session.execute(text("SELECT status::text, attempts FROM pgqueuer ORDER BY id"))
        return [(status, attempts) for status, attempts in rows]


async def do_all(consumer: Consumer) -> None:
    while await consumer.take() or consumer.running:
        await consumer.settle()


async def test_a_job_is_tried_again_until_it_succeeds(database: Database) -> None:
    calls = 0

    async def fail_twice(_: Mapping[str, Any]) -> None:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise ConnectionError

    async with database.session() as session:
        await enqueue(session, "shaky", {})
    await do_all(Consumer(database, {"shaky": Handled(fail_twice, NO_DELAY, MANY)}))
    assert calls == 3
    assert await statuses(database) == []


async def test_a_job_that_goes_on_failing_is_held_with_its_reason(database: Database) -> None:
    async def fail(_: Mapping[str, Any]) -> None:
        raise ConnectionError

    async with database.session() as session:
        await enqueue(session, "hopeless", {})
    await do_all(Consumer(database, {"hopeless": Handled(fail, NO_DELAY, MANY)}))
    assert await statuses(database) == [("failed", 2)]
    async with database.session() as session:
        reason = await session.scalar(
            text("SELECT traceback->>'exception_type' FROM pgqueuer_log WHERE status = 'failed'")
        )
    assert reason == "ConnectionError"


async def test_a_failed_job_waits_longer_each_time() -> None:
    trying = Trying(first=timedelta(seconds=2), longest=timedelta(minutes=1))
    assert [trying.delay(n).total_seconds() for n in (0, 1, 2, 9)] == [2, 4, 8, 60]


async def test_a_job_whose_worker_is_killed_stops_after_its_attempts(database: Database) -> None:
    async with database.session() as session:
        await enqueue(session, "lethal", {})
    for _ in range(2):
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-c", LETHAL_WORKER, database.url.render_as_string(hide_password=False)
        )
        assert await asyncio.wait_for(worker.wait(), 20) == -signal.SIGKILL
        assert (await statuses(database))[0][0] == "picked"
        await asyncio.sleep(0.35)

    async def survive(_: Mapping[str, Any]) -> None:
        raise AssertionError

    handlers = {"lethal": Handled(survive, Trying(attempts=2), MANY)}
    last = Consumer(database, handlers, dead_after=timedelta(seconds=0.3))
    await do_all(last)
    assert await statuses(database) == [("failed", 2)]


async def test_a_job_that_lasts_stays_with_its_worker_while_it_beats(database: Database) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def last(_: Mapping[str, Any]) -> None:
        started.set()
        await go_on.wait()

    async with database.session() as session:
        await enqueue(session, "long", {})
    handlers = {"long": Handled(last, NO_DELAY, MANY)}
    mine = Consumer(database, handlers, dead_after=timedelta(seconds=0.2))
    other = Consumer(database, handlers, dead_after=timedelta(seconds=0.2))
    assert await mine.take() == 1
    await started.wait()
    for _ in range(4):
        await asyncio.sleep(0.1)
        await mine.beat()
        assert await other.take() == 0
    assert await other.others_running() == 1
    go_on.set()
    await mine.finish(timedelta(seconds=5))
    assert await statuses(database) == []


async def test_no_more_jobs_run_at_once_than_there_is_room_for(database: Database) -> None:
    running = most = 0

    async def work(_: Mapping[str, Any]) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1

    async with database.session() as session:
        for _ in range(9):
            await enqueue(session, "busy", {})
    await do_all(Consumer(database, {"busy": Handled(work, NO_DELAY, Lane("three", 3))}))
    assert most == 3
    assert await statuses(database) == []


async def test_a_lane_that_is_full_leaves_the_others_their_places(database: Database) -> None:
    done: list[str] = []
    hang = asyncio.Event()

    async def wait(_: Mapping[str, Any]) -> None:
        await hang.wait()

    async def note(payload: Mapping[str, Any]) -> None:
        done.append(payload["to"])

    mail, money = Lane("mail", 3), Lane("money", 2)
    consumer = Consumer(database, {"letter": Handled(wait, NO_DELAY, mail), "refund": Handled(note, NO_DELAY, money)})
    async with database.session() as session:
        for _ in range(20):
            await enqueue(session, "letter", {})
        for name in ("Awa", "Bruno", "Chloé"):
            await enqueue(session, "refund", {"to": name})
    async with asyncio.timeout(5):
        while len(done) < 3 or consumer.running > mail.places:
            await consumer.take()
            await asyncio.sleep(0.01)
    assert consumer.running == mail.places
    assert await consumer.take() == 0
    hang.set()
    await do_all(consumer)
    assert await statuses(database) == []


async def test_each_lane_is_filled_at_once(database: Database) -> None:
    async def wait(_: Mapping[str, Any]) -> None:
        await asyncio.sleep(60)

    lanes = [Lane(str(places), places) for places in (1, 2, 5)]
    consumer = Consumer(database, {lane.name: Handled(wait, NO_DELAY, lane) for lane in lanes})
    async with database.session() as session:
        for lane in lanes:
            for _ in range(9):
                await enqueue(session, lane.name, {})
    assert await consumer.take() == consumer.running == 8
    await consumer.finish(timedelta())
