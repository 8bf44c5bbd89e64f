"""The worker: drains on demand, runs on its own, and stops without dropping what it does."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from orderhub.domain.events import log
from orderhub.infra.database import Database
from orderhub.infra.queue import enqueue
from orderhub.infra.queue_consumer import Lane, Trying
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.registry import Registered
from orderhub.jobs.worker import NotDrainedError, Worker

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Diary:
    """Stands where a job would, and notes the subjects that it is given."""

    def __init__(self, lasting: float = 0.0) -> None:
        self.subjects: list[str] = []
        self.begun, self._more = asyncio.Event(), asyncio.Event()
        self._lasting = lasting

    async def note(self, _context: WorkerContext, payload: Mapping[str, Any]) -> None:
        self.begun.set()
        await asyncio.sleep(self._lasting)
        self.subjects.append(payload["subject"])
        self._more.set()

    async def until(self, number: int) -> None:
        async with asyncio.timeout(5):
            while len(self.subjects) < number:
                self._more.clear()
                await self._more.wait()

    def registry(self) -> Mapping[str, Registered]:
        return {"send_refund": Registered(self.note, Trying(), Lane("refunds", 4))}


async def happen(database: Database, *subjects: str) -> None:
    async with database.session() as session:
        for subject in subjects:
            log.write(session, topic="refund.pending", subject=subject, sequence=1, at=NOON, data={})


async def test_draining_does_everything_and_then_there_is_nothing_left(
    context: WorkerContext, database: Database
) -> None:
    diary = Diary()
    worker = Worker(context, registry=diary.registry())
    await happen(database, *(f"rfd_{number}" for number in range(20)))
    await worker.drain()
    assert sorted(diary.subjects) == sorted(f"rfd_{number}" for number in range(20))
    await worker.drain()
    assert len(diary.subjects) == 20
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM pgqueuer")) == 0


async def test_draining_waits_for_what_has_not_committed_and_says_when_it_gives_up(
    context: WorkerContext, database: Database
) -> None:
    diary = Diary()
    worker = Worker(context, registry=diary.registry())
    async with database.session() as slow:
        await slow.execute(text("SELECT pg_current_xact_id()"))
        await happen(database, "rfd_a")
        with pytest.raises(NotDrainedError):
            await worker.drain(patience=timedelta(seconds=0.2))
        draining = asyncio.create_task(worker.drain())
        await asyncio.sleep(0.1)
        assert diary.subjects == []
    await draining
    assert diary.subjects == ["rfd_a"]


async def test_running_workers_do_each_job_once_and_soon(context: WorkerContext, database: Database) -> None:
    diary, stop = Diary(), asyncio.Event()
    running = [asyncio.create_task(Worker(context, registry=diary.registry()).run(stop)) for _ in range(2)]
    for number in range(10):
        await happen(database, f"rfd_{number}")
    await diary.until(10)
    stop.set()
    await asyncio.gather(*running)
    assert sorted(diary.subjects) == [f"rfd_{number}" for number in range(10)]


async def test_stopping_lets_a_running_job_finish_and_begins_no_other(
    context: WorkerContext, database: Database
) -> None:
    diary, stop = Diary(lasting=1.0), asyncio.Event()
    async with database.session() as session:
        await enqueue(session, "send_refund", {"subject": "rfd_a"})
    running = asyncio.create_task(Worker(context, registry=diary.registry()).run(stop))
    await asyncio.wait_for(diary.begun.wait(), 5)
    stop.set()
    await asyncio.sleep(0.3)  # it may just have been looking for another
    async with database.session() as session:
        await enqueue(session, "send_refund", {"subject": "rfd_b"})
    await running
    assert diary.subjects == ["rfd_a"]
    await Worker(context, registry=Diary().registry()).drain()


async def test_an_outage_is_waited_out(context: WorkerContext, database: Database) -> None:
    diary, stop = Diary(), asyncio.Event()
    running = asyncio.create_task(Worker(context, registry=diary.registry()).run(stop))
    async with database.session() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await happen(database, "rfd_a")
    await diary.until(1)
    assert not running.done()
    stop.set()
    await running
