"""The queue: `enqueue` puts a job into the caller's own unit of work, so that both happen or neither.

pgqueuer keeps the rows. Its own asyncpg driver on a session's raw connection would commit by itself
whenever SQLAlchemy has not begun; `SessionDriver` goes through the session instead. Nobody listens:
the NOTIFY trigger is off, and workers poll (`queue_consumer.py`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

import msgspec
from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import Driver, NotifyCallback
from pgqueuer.queries import Queries
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.infra.database import Database


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to enqueue. ``payload`` is JSON; its handler may see it more than once."""

    name: str
    payload: Mapping[str, Any]
    dedupe_key: str | None = None
    """While a job with this key waits or runs, another is not added."""
    execute_after: timedelta | None = None
    """A delay in real time."""
    priority: int = 0
    """Higher goes first among jobs of one name."""


class PollingDriver(Driver):
    """What both drivers share: they neither listen nor notify."""

    def __init__(self) -> None:
        self._shutdown, self._tasks = asyncio.Event(), TaskManager()

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Refuse: workers poll."""
        raise NotImplementedError

    async def notify(self, channel: str, payload: str) -> None:
        """Refuse: notifying serialises commits."""
        raise NotImplementedError

    @property
    def shutdown(self) -> asyncio.Event:
        """Unused: our consumer has its own."""
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        """Unused: nothing runs in the background."""
        return self._tasks

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave the connections to their owner."""


class SessionDriver(PollingDriver):
    """Runs pgqueuer's SQL in the transaction of one session."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__()
        self._session = session

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """The rows of a statement with ``$1`` parameters."""
        connection = await self._session.connection()
        result = await connection.exec_driver_sql(query, args)
        return [dict(row) for row in result.mappings()]

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement; nobody reads the answer."""
        connection = await self._session.connection()
        await connection.exec_driver_sql(query, args)
        return ""


class DatabaseDriver(PollingDriver):
    """Runs each of pgqueuer's statements in a unit of work of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """The rows of a statement, committed."""
        async with self._database.session() as session:
            return await SessionDriver(session).fetch(query, *args)

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement and commit it."""
        async with self._database.session() as session:
            return await SessionDriver(session).execute(query, *args)


async def enqueue(  # noqa: PLR0913 - the fields of a job, named
    session: AsyncSession,
    name: str,
    payload: Mapping[str, Any],
    *,
    dedupe_key: str | None = None,
    execute_after: timedelta | None = None,
    priority: int = 0,
) -> None:
    """Have a job done once this unit of work is committed."""
    await enqueue_all(session, (NewJob(name, payload, dedupe_key, execute_after, priority),))


async def enqueue_all(session: AsyncSession, jobs: Sequence[NewJob]) -> None:
    """Have several jobs done, in one statement."""
    if not jobs:
        return
    # Waiting ORM changes first: the jobs must not be written when those fail.
    await session.flush()
    await Queries(SessionDriver(session)).enqueue(
        [job.name for job in jobs],
        [msgspec.json.encode(job.payload) for job in jobs],
        [job.priority for job in jobs],
        [job.execute_after for job in jobs],
        [job.dedupe_key for job in jobs],
        on_conflict="skip",
    )
