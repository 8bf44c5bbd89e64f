"""Takes jobs from the queue and runs them, again after a failure, until they succeed or are held.

pgqueuer's own manager needs NOTIFY to be woken and to prove its health, so the loop is ours; picking,
beating, retrying and holding are pgqueuer's. A job is tried ``attempts`` times, counting the workers
that died of it (the trigger ``count_job_death``); then it is held, for an operator to look at.

Jobs run in lanes, a lane for each system outside that they wait for: one that hangs fills its own lane.
"""

import asyncio
from collections import Counter as Tally
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

import msgspec
import structlog
from pgqueuer.domain.models import Job, TracebackRecord
from pgqueuer.domain.types import JobId, QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter
from pgqueuer.queries import Queries
from prometheus_client import Counter
from sqlalchemy import text

from orderhub.infra.database import Database
from orderhub.infra.queue import DatabaseDriver

Handler = Callable[[Mapping[str, Any]], Awaitable[None]]

DONE: Final = Counter("orderhub_jobs", "Jobs by how they ended.", ["job", "outcome"])

_NO_LIMIT: Final = EntrypointExecutionParameter(concurrency_limit=0)
_OTHERS: Final = text(
    "SELECT count(*) FROM pgqueuer WHERE status = 'picked' AND queue_manager_id <> CAST(:me AS uuid)"
    " AND heartbeat > now() - CAST(:patience AS interval)"
)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Trying:
    """How often a job is tried, and how long it waits in between: doubled each time."""

    attempts: int = 8
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(hours=1)

    def delay(self, failures: int) -> timedelta:
        """How long to wait after so many failures."""
        return min(self.first * 2 ** min(failures, 30), self.longest)


@dataclass(frozen=True, slots=True)
class Lane:
    """Jobs of which ``places`` run at a time in one worker, whatever waits in other lanes."""

    name: str
    places: int


@dataclass(frozen=True, slots=True)
class Handled:
    """How jobs of one name are done."""

    run: Handler
    trying: Trying
    lane: Lane


class WorkerDiedError(Exception):
    """The workers that ran this job died, as often as it may be tried."""


class Consumer:
    """Runs the jobs that it has handlers for, by their names."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handled],
        *,
        dead_after: timedelta = timedelta(seconds=30),
    ) -> None:
        self._database = database
        self._queries = Queries(DatabaseDriver(database))
        self._handlers = handlers
        self._dead_after = dead_after
        """A worker that has not beaten for so long is dead: its jobs are given to another."""
        self._me = QueueManagerId(uuid4())
        self._running: dict[JobId, asyncio.Task[None]] = {}
        self._taken: Tally[Lane] = Tally()
        self.wake = asyncio.Event()
        """Set when taking again may find something: a job ended, or others were enqueued."""

    async def take(self) -> int:
        """Start as many ready jobs as their lanes have room for; how many were started."""
        free = self._free()
        if not free:
            return 0
        # One statement asks for all lanes; only when it finds as much as it may is each asked for the rest.
        room = min(lane.places - self._taken[lane] for lane in free)
        started = await self._start(free, room)
        if started == room:
            for lane in self._free():
                started += await self._start((lane,), lane.places - self._taken[lane])
        return started

    def _free(self) -> Collection[Lane]:
        lanes = {handled.lane for handled in self._handlers.values()}
        return [lane for lane in lanes if self._taken[lane] < lane.places]

    async def _start(self, lanes: Collection[Lane], room: int) -> int:
        """Start so many ready jobs of these lanes, or fewer."""
        names = (name for name, handled in self._handlers.items() if handled.lane in lanes)
        picked = await self._queries.dequeue(
            batch_size=room,
            entrypoints={QueueEntrypoint(name): _NO_LIMIT for name in names},
            queue_manager_id=self._me,
            global_concurrency_limit=None,
            heartbeat_timeout=self._dead_after,
        )
        # A late heartbeat of our own lets us pick a job that is still running here.
        fresh = [job for job in picked if job.id not in self._running][:room]
        for job in fresh:
            lane = self._handlers[job.entrypoint].lane
            task = asyncio.create_task(self._run(job))
            self._running[job.id] = task
            self._taken[lane] += 1
            task.add_done_callback(partial(self._ended, job.id, lane))
        return len(fresh)

    def _ended(self, job: JobId, lane: Lane, task: asyncio.Task[None]) -> None:
        self._running.pop(job, None)
        self._taken[lane] -= 1
        self.wake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # Its outcome could not be written; the job is picked again when its heartbeat is old.
            _log.error("job_outcome_lost", id=job, error=type(error).__name__)

    async def settle(self) -> None:
        """Wait until a running job ends."""
        if self._running:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)

    async def finish(self, patience: timedelta) -> None:
        """Let running jobs end; those that don't in time are given to another worker."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running.values(), timeout=patience.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def beat(self) -> None:
        """Say that the running jobs are being worked on; call it often within ``dead_after``."""
        if self._running:
            await self._queries.update_heartbeat(list(self._running))

    @property
    def beat_every(self) -> timedelta:
        """How often to `beat`."""
        return self._dead_after / 4

    @property
    def running(self) -> int:
        """Jobs being worked on here."""
        return len(self._running)

    async def others_running(self) -> int:
        """Jobs being worked on by other workers that are alive."""
        async with self._database.session() as session:
            found = await session.scalar(_OTHERS, {"me": self._me, "patience": self._dead_after})
        return found or 0

    async def _run(self, job: Job) -> None:
        handled = self._handlers[job.entrypoint]
        if job.attempts >= handled.trying.attempts:
            await self._hold(job, WorkerDiedError(f"{job.attempts} workers died of this job"))
            return
        try:
            await handled.run(msgspec.json.decode(job.payload or b"{}"))
        except Exception as error:  # noqa: BLE001 - whatever a job raises, the next one must run
            await self._failed(job, handled.trying, error)
        else:
            DONE.labels(job.entrypoint, "done").inc()
            await self._queries.log_jobs([(job, "successful", None)])

    async def _failed(self, job: Job, trying: Trying, error: Exception) -> None:
        if job.attempts + 1 >= trying.attempts:
            await self._hold(job, error)
            return
        delay = trying.delay(job.attempts)
        DONE.labels(job.entrypoint, "retried").inc()
        _log.warning("job_failed", job=job.entrypoint, id=job.id, error=type(error).__name__, again_in=str(delay))
        await self._queries.retry_job(job, delay, TracebackRecord.from_exception(error, job.id))

    async def _hold(self, job: Job, error: Exception) -> None:
        DONE.labels(job.entrypoint, "held").inc()
        _log.error("job_held", job=job.entrypoint, id=job.id, error=type(error).__name__)
        await self._queries.log_jobs([(job, "failed", TracebackRecord.from_exception(error, job.id))])
