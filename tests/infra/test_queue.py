"""The queue: a job stands or falls with the unit of work that asked for it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from orderhub.infra.database import Database
from orderhub.infra.queue import NewJob, enqueue, enqueue_all
from orderhub.infra.queue_consumer import Consumer, Handled, Lane, Trying
from orderhub.infra.queue_figures import queue_figures

MANY = Lane("many", 8)


class Diary:
    """A job that notes what it was called with."""

    def __init__(self) -> None:
        self.calls: list[Mapping[str, Any]] = []

    async def note(self, payload: Mapping[str, Any]) -> None:
        self.calls.append(payload)


async def fail_after_enqueueing(database: Database) -> None:
    async with database.session() as session:
        await enqueue(session, "note", {"by": "Awa"})
        raise KeyError


async def do_all(consumer: Consumer) -> None:
    while await consumer.take() or consumer.running:
        await consumer.settle()


async def test_a_job_goes_with_its_transaction(database: Database) -> None:
    diary = Diary()
    consumer = Consumer(database, {"note": Handled(diary.note, Trying(), MANY)})
    with pytest.raises(KeyError):
        await fail_after_enqueueing(database)
    async with database.session() as session:
        await enqueue(session, "note", {"by": "Bruno"})
        assert await consumer.take() == 0
    await do_all(consumer)
    assert diary.calls == [{"by": "Bruno"}]


async def test_a_dedupe_key_holds_while_its_job_waits(database: Database) -> None:
    diary = Diary()
    consumer = Consumer(database, {"note": Handled(diary.note, Trying(), MANY)})
    for _ in range(2):
        async with database.session() as session:
            await enqueue(session, "note", {}, dedupe_key="daily")
            await enqueue(session, "note", {}, dedupe_key="daily")
        await do_all(consumer)
    assert len(diary.calls) == 2


async def test_priority_goes_first_and_a_delayed_job_waits(database: Database) -> None:
    diary = Diary()
    consumer = Consumer(database, {"note": Handled(diary.note, Trying(), Lane("one", 1))})
    async with database.session() as session:
        await enqueue_all(
            session,
            [
                NewJob("note", {"n": 1}),
                NewJob("note", {"n": 2}, priority=5),
                NewJob("note", {"n": 3}, execute_after=timedelta(hours=1)),
            ],
        )
    await do_all(consumer)
    assert diary.calls == [{"n": 2}, {"n": 1}]


async def test_nothing_notifies(database: Database) -> None:
    async with database.session() as session:
        enabled = await session.scalar(text("SELECT tgenabled FROM pg_trigger WHERE tgname = 'tg_pgqueuer_changed'"))
    assert enabled in ("D", b"D")


async def test_the_figures_count_jobs_by_state(database: Database) -> None:
    async def fail(_: Mapping[str, Any]) -> None:
        raise ConnectionError

    async with database.session() as session:
        await enqueue(session, "hopeless", {})
        await enqueue(session, "note", {})
        await enqueue(session, "note", {}, execute_after=timedelta(hours=1))
    await do_all(Consumer(database, {"hopeless": Handled(fail, Trying(attempts=1), MANY)}))
    figures = (await queue_figures(database)).decode().splitlines()
    for state, number in (("ready", 1), ("waiting", 1), ("running", 0), ("held", 1)):
        assert f'orderhub_queue_jobs{{state="{state}"}} {number}.0' in figures
    assert await queue_figures(Database("postgresql://nobody@127.0.0.1:9/nothing")) == b""
