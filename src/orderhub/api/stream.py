"""Live streams: one poller per process looks at the log's head and wakes the streams it concerns.

A stream reads its own feed from its own place, so what it sends is what `GET /v1/events` would give,
and nothing is lost between two connections. It ends when its session is signed out, when the reader
leaves, when the log was restored, or when the server stops: whoever runs the server calls
`Streams.stop` before waiting for open connections.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import select

from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.events.models import Event
from orderhub.domain.events.position import Position
from orderhub.domain.events.queries import News, Viewer, feed, news, settled_until
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import OverloadedError
from orderhub.kit.text import Label

POLL_EVERY: Final = timedelta(milliseconds=150)
SESSIONS_EVERY: Final = timedelta(seconds=1)
_AFTER_ERROR: Final = timedelta(seconds=1)
_BATCH: Final = 100
MOST_OPEN: Final = 1000
MOST_OF_ONE: Final = 20
"""Streams of one account; opening another ends its oldest, such as a tab that was never closed."""
_log = structlog.get_logger()


T = TypeVar("T")


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """What is done with the database ends even when the reader leaves: cancelled, it loses its connection."""
    return await asyncio.shield(asyncio.create_task(work))


@dataclass(eq=False, slots=True)
class _Open:
    """One open stream."""

    viewer: Viewer
    session_id: UUID
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def end(self) -> None:
        self.ended = True
        self.wake.set()


class Streams:
    """The open streams of this process and their poller, which runs only while there are any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: dict[_Open, None] = {}
        self._poller: asyncio.Task[None] | None = None
        self._stopped = False

    def require_room(self) -> None:
        """Raises OverloadedError when this process follows as many streams as it can, or stops."""
        if self._stopped or len(self._open) >= MOST_OPEN:
            raise OverloadedError(
                Label(
                    "Aucun flux ne peut s’ouvrir ici maintenant. Reconnectez-vous dans un instant.",
                    "No stream can be opened here now. Connect again in a moment.",
                ),
                retry_after=5,
            )

    def stop(self) -> None:
        """End every stream, now and from now on: the server is about to stop."""
        self._stopped = True
        self._end_all()

    def _end_all(self) -> None:
        for stream in self._open:
            stream.end()

    async def follow(
        self, viewer: Viewer, session_id: UUID, after: Position | None
    ) -> AsyncIterator[Sequence[Event] | Position]:
        """Where the stream begins, then batches of events as they come, until it ends."""
        stream = _Open(viewer, session_id, ended=self._stopped)
        self._join(stream)
        try:
            place = after or await _whole(self._head())
            yield place
            while not stream.ended:
                stream.wake.clear()
                batch = await _whole(self._read(viewer, place))
                if batch:
                    yield batch
                    place = place.behind(batch[-1].xid, batch[-1].id)
                else:
                    await stream.wake.wait()
        finally:
            self._leave(stream)

    def _join(self, stream: _Open) -> None:
        mine = [other for other in self._open if other.viewer.account_id == stream.viewer.account_id]
        for oldest in mine[: len(mine) - MOST_OF_ONE + 1] if len(mine) >= MOST_OF_ONE else ():
            oldest.end()
        self._open[stream] = None
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())

    def _leave(self, stream: _Open) -> None:
        self._open.pop(stream, None)
        if not self._open and self._poller is not None:
            self._poller.cancel()
            self._poller = None

    async def _head(self) -> Position:
        async with self._database.session() as session:
            return await settled_until(session)

    async def _read(self, viewer: Viewer, place: Position) -> Sequence[Event]:
        async with self._database.session() as session:
            return await feed(session, viewer, place, _BATCH)

    async def _poll(self) -> None:
        # Of what was settled before the first look, every stream is told: it may have read just before.
        since, looks, log = 0, 0, None
        while True:
            try:
                found = await _whole(news(self._database, since))
                if log not in {None, found.log}:
                    self._end_all()
                self._wake(found if since else replace(found, some=True, parties=None))
                since, log = found.until, found.log
                if looks % int(SESSIONS_EVERY / POLL_EVERY) == 0:
                    await _whole(self._end_signed_out())
                looks += 1
                await asyncio.sleep(POLL_EVERY.total_seconds())
            except Exception as error:  # noqa: BLE001 - an outage must not end the streams
                _log.warning("stream_poll_failed", error=type(error).__name__)
                await asyncio.sleep(_AFTER_ERROR.total_seconds())

    def _wake(self, found: News) -> None:
        if not found.some:
            return
        for stream in self._open:
            if found.parties is None or stream.viewer.staff or stream.viewer.account_id in found.parties:
                stream.wake.set()

    async def _end_signed_out(self) -> None:
        asked = {stream.session_id for stream in self._open}
        alive = select(SignInSession.id).where(
            SignInSession.id.in_(asked), SignInSession.revoked_at.is_(None), SignInSession.expires_at > real_now()
        )
        async with self._database.session() as session:
            still = set(await session.scalars(alive))
        for stream in self._open:
            if stream.session_id in asked - still:
                stream.end()
