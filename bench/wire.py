"""Counts what goes to PostgreSQL over the wire: statements, and round trips.

A small proxy in front of the server. A round trip is the client speaking after the server did: what
is sent together and answered together is one, however many messages it has. BEGIN and COMMIT count.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import URL, make_url

_SSL_REQUEST: Final = (80_877_103).to_bytes(4, "big")
_QUERY, _PARSE, _BIND, _EXECUTE = b"Q", b"P", b"B", b"E"
_PORT: Final = 5432


@dataclass(slots=True)
class Traffic:
    """What was counted so far, over all connections."""

    statements: list[str] = field(default_factory=list[str])
    """The SQL of each run statement, in order."""
    trips: int = 0


@dataclass(slots=True)
class Wire:
    """A running proxy: ``url`` leads through it."""

    url: str
    traffic: Traffic

    @contextmanager
    def counting(self) -> Generator[Traffic]:
        """What happens within, counted from nothing."""
        self.traffic.statements.clear()
        self.traffic.trips = 0
        yield self.traffic


class _Reader:
    """The messages of one client, as they come in pieces."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._waiting = b""
        self._begun = False
        self._prepared: dict[bytes, str] = {}
        self._bound = ""

    def feed(self, piece: bytes) -> None:
        """Take a piece of what the client sent."""
        self._waiting += piece
        if not self._begun:
            self._take_greeting()
        while self._begun and len(self._waiting) >= 5 and len(self._waiting) > (end := self._end(1)):
            self._note(self._waiting[:1], self._waiting[5 : end + 1])
            self._waiting = self._waiting[end + 1 :]

    def _take_greeting(self) -> None:
        if len(self._waiting) >= 4 and len(self._waiting) >= (end := self._end(0)):
            self._waiting, self._begun = self._waiting[end:], True

    def _end(self, at: int) -> int:
        return int.from_bytes(self._waiting[at : at + 4], "big")

    def _note(self, kind: bytes, body: bytes) -> None:
        if kind == _QUERY:
            self._traffic.statements.append(body.rstrip(b"\0").decode())
        elif kind == _PARSE:
            name, sql, _ = body.split(b"\0", 2)
            self._prepared[name] = sql.decode()
        elif kind == _BIND:
            self._bound = self._prepared.get(body.split(b"\0", 2)[1], "?")
        elif kind == _EXECUTE:
            self._traffic.statements.append(self._bound)


@asynccontextmanager
async def tapped(url: str) -> AsyncGenerator[Wire]:
    """A proxy in front of the server of this URL."""
    address, traffic = make_url(url), Traffic()
    connections: set[asyncio.Task[None]] = set()

    async def serve(client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        try:
            await _pass(client, back, address, traffic)
        finally:
            connections.discard(task)
            back.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    through = address.set(host="127.0.0.1", port=port, query={})
    try:
        yield Wire(through.render_as_string(hide_password=False), traffic)
    finally:
        server.close()
        for task in [*connections]:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


async def _pass(client: asyncio.StreamReader, back: asyncio.StreamWriter, address: URL, traffic: Traffic) -> None:
    first = await client.readexactly(8)
    if first[4:] == _SSL_REQUEST:
        back.write(b"N")
        first = await client.readexactly(8)
    upstream, forward = await _connect(address)
    reader, turn = _Reader(traffic), [True]

    async def up() -> None:
        piece = first
        while piece:
            if turn[0]:
                traffic.trips, turn[0] = traffic.trips + 1, False
            reader.feed(piece)
            forward.write(piece)
            await forward.drain()
            piece = await client.read(65_536)

    async def down() -> None:
        while piece := await upstream.read(65_536):
            turn[0] = True
            back.write(piece)
            await back.drain()

    try:
        both = [asyncio.create_task(up()), asyncio.create_task(down())]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
    finally:
        forward.close()


async def _connect(address: URL) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    folder = address.query.get("host")
    port = address.port or int(str(address.query.get("port", _PORT)))
    if folder:
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
    return await asyncio.open_connection(address.host or "127.0.0.1", port)
