"""Takes jobs from the queue and runs them, again after a failure, until they succeed or are held.

pgqueuer's own manager needs NOTIFY to be woken and to prove its health, so the loop is ours; picking,
beating, retrying and holding are pgqueuer's. A job is tried ``attempts`` times, counting the workers
that died of it (the trigger ``count_job_death``); then it is held, for an operator to look at.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
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


class WorkerDiedError(Exception):
    """The workers that ran this job died, as often as it may be tried."""


class Consumer:
    """Runs the jobs of the given handlers, ``parallel`` at a time."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, tuple[Handler, Trying]],
        *,
        parallel: int = 8,
        dead_after: timedelta = timedelta(seconds=30),
    ) -> None:
        self._database = database
        self._queries = Queries(DatabaseDriver(database))
        self._handlers = handlers
        self._parallel = parallel
        self._dead_after = dead_after
        """A worker that has not beaten for so long is dead: its jobs are given to another."""
        self._me = QueueManagerId(uuid4())
        self._running: dict[JobId, asyncio.Task[None]] = {}
        self.wake = asyncio.Event()
        """Set when taking again may find something: a job ended, or others were enqueued."""

    async def take(self) -> int:
        """Start as many ready jobs as there is room for; how many were started."""
        room = self._parallel - len(self._running)
        if room <= 0:
            return 0
        picked = await self._queries.dequeue(
            batch_size=room,
            entrypoints={QueueEntrypoint(name): _NO_LIMIT for name in self._handlers},
            queue_manager_id=self._me,
            global_concurrency_limit=None,
            heartbeat_timeout=self._dead_after,
        )
        # A late heartbeat of our own lets us pick a job that is still running here.
        fresh = [job for job in picked if job.id not in self._running][:room]
        for job in fresh:
            task = asyncio.create_task(self._run(job))
            self._running[job.id] = task
            task.add_done_callback(partial(self._ended, job.id))
        return len(fresh)

    def _ended(self, job: JobId, task: asyncio.Task[None]) -> None:
        self._running.pop(job, None)
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
        handler, trying = self._handlers[job.entrypoint]
        if job.attempts >= trying.attempts:
            await self._hold(job, WorkerDiedError(f"{job.attempts} workers died of this job"))
            return
        try:
            await handler(msgspec.json.decode(job.payload or b"{}"))
        except Exception as error:  # noqa: BLE001 - whatever a job raises, the next one must run
            await self._failed(job, trying, error)
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
