"""Streams within one process: what wakes them, what ends them, and that nothing is lost in between."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import update

from orderhub.api.dependencies import Caller
from orderhub.api.stream import MOST_OF_ONE, Streams
from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.events.models import Event
from orderhub.domain.events.position import Position
from orderhub.domain.events.queries import Viewer
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.making.events import happen


async def order(database: Database, subject: str, *callers: Caller) -> None:
    await happen(database, subject, parties=[caller.account_id for caller in callers])


class Listener:
    """Somebody who follows a stream."""

    def __init__(self, streams: Streams, caller: Caller, after: Position | None = None) -> None:
        viewer = Viewer(caller.account_id, staff=bool(caller.roles))
        self.place: Position | None = None
        self.heard: list[str] = []
        self._stream = streams.follow(viewer, caller.session_id, after)

    async def begin(self) -> "Listener":
        found = await anext(self._stream)
        assert isinstance(found, Position)
        self.place = found
        return self

    async def hear(self) -> str:
        """The subject of the next event."""
        while not self.heard:
            batch = await asyncio.wait_for(anext(self._stream), 5)
            assert not isinstance(batch, Position)
            self._keep(batch)
        return self.heard.pop(0)

    async def ended(self) -> bool:
        rest: AsyncIterator[Any] = self._stream
        return await asyncio.wait_for(anext(rest, None), 5) is None

    async def leave(self) -> None:
        await self._stream.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    def _keep(self, batch: Sequence[Event]) -> None:
        self.heard += [event.subject for event in batch]
        self.place = Position(batch[-1].xid, batch[-1].id)


async def test_each_hears_what_concerns_them_as_it_happens(database: Database, sign_up: Any) -> None:
    awa, bruno, chloe = await sign_up("awa"), await sign_up("bruno"), await sign_up("chloe", "support")
    streams = Streams(database)
    await order(database, "ord_before", awa)
    listeners = [await Listener(streams, person).begin() for person in (awa, bruno, chloe)]
    await order(database, "ord_awa", awa)
    await order(database, "ord_both", awa, bruno)
    assert [await listeners[0].hear(), await listeners[0].hear()] == ["ord_awa", "ord_both"]
    assert await listeners[1].hear() == "ord_both"
    assert [await listeners[2].hear(), await listeners[2].hear()] == ["ord_awa", "ord_both"]
    for listener in listeners:
        await listener.leave()


async def test_one_who_comes_back_goes_on_where_they_left(database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    streams = Streams(database)
    first = await Listener(streams, awa).begin()
    await order(database, "ord_1", awa)
    assert await first.hear() == "ord_1"
    await first.leave()
    for number in range(2, 5):
        await order(database, f"ord_{number}", awa)
    second = await Listener(streams, awa, first.place).begin()
    await order(database, "ord_5", awa)
    assert [await second.hear() for _ in range(4)] == ["ord_2", "ord_3", "ord_4", "ord_5"]
    await second.leave()


async def test_nothing_is_lost_while_many_write(database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    listener = await Listener(Streams(database), awa).begin()
    subjects = [f"ord_{number}" for number in range(60)]

    async def write(part: list[str]) -> None:
        for subject in part:
            await order(database, subject, awa)

    writers = asyncio.gather(*(write(subjects[start::4]) for start in range(4)))
    heard = [await listener.hear() for _ in subjects]
    await writers
    assert sorted(heard) == sorted(subjects)
    await listener.leave()


async def test_signing_out_ends_the_streams_of_that_session(database: Database, sign_up: Any) -> None:
    awa, bruno = await sign_up("awa"), await sign_up("bruno")
    streams = Streams(database)
    gone, stays = await Listener(streams, awa).begin(), await Listener(streams, bruno).begin()
    async with database.session() as session:
        await session.execute(
            update(SignInSession).where(SignInSession.id == awa.session_id).values(revoked_at=real_now())
        )
    assert await gone.ended()
    await order(database, "ord_a", bruno)
    assert await stays.hear() == "ord_a"
    await stays.leave()


async def test_stopping_ends_every_stream_and_lets_no_other_begin(database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    streams = Streams(database)
    listener = await Listener(streams, awa).begin()
    streams.stop()
    assert await listener.ended()
    late = await Listener(streams, awa).begin()
    assert await late.ended()


async def test_one_account_has_so_many_streams_and_the_oldest_gives_way(database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    streams = Streams(database)
    listeners = [await Listener(streams, awa).begin() for _ in range(MOST_OF_ONE + 1)]
    assert await listeners[0].ended()
    await order(database, "ord_a", awa)
    assert {await listener.hear() for listener in listeners[1:]} == {"ord_a"}
    for listener in listeners:
        await listener.leave()
