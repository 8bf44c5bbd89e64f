"""Clients that write bytes as they please: slowly, by halves, or without ever reading."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(slots=True)
class Wire:
    """One connection, of which nothing is sent or read but what is asked for."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send this much."""
        self.writer.write(data)
        await self.writer.drain()

    async def drip(self, data: bytes, every: float) -> None:
        """Send one byte after the other, until all are sent or the other side hangs up."""
        with suppress(ConnectionError):
            for place in range(len(data)):
                await self.send(data[place : place + 1])
                await asyncio.sleep(every)

    async def status(self) -> int:
        """The status of the next answer."""
        return int((await self.reader.readline()).split()[1])

    async def rest(self) -> bytes:
        """All that still comes until the other side hangs up."""
        said = b""
        with suppress(ConnectionError):
            while piece := await self.reader.read(1 << 20):
                said += piece
        return said


def head(method: str, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """The head of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: hub", *(f"{name}: {value}" for name, value in (headers or {}).items())]
    return "\r\n".join([*lines, "", ""]).encode()


@asynccontextmanager
async def wire(url: str, *, window: int = 65_536) -> AsyncGenerator[Wire]:
    """A connection to a server; ``window`` is about how many bytes it takes before somebody reads."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=window)
    try:
        yield Wire(reader, writer)
    finally:
        writer.transport.abort()
