"""What stands before the APIs of a deployment: a connection goes to the first one that takes it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def front_door(urls: Sequence[str]) -> AsyncGenerator[str]:
    """The URL under which whoever lives of ``urls``, which may grow, is reached. Bytes go through as they are."""
    passing: set[asyncio.Task[None]] = set()

    async def take(*outside: *Streams) -> None:
        task = asyncio.current_task()
        assert task is not None
        passing.add(task)
        task.add_done_callback(passing.discard)
        await _pass_through(outside, urls)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.close()
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)


async def _pass_through(outside: Streams, urls: Sequence[str]) -> None:
    try:
        inside = await _first_open(urls)
        if inside is not None:
            try:
                await _until_either_ends(outside, inside)
            finally:
                inside[1].close()
    finally:
        outside[1].close()


async def _first_open(urls: Sequence[str]) -> Streams | None:
    for url in urls:
        place = urlsplit(url)
        with suppress(OSError):
            return await asyncio.open_connection(place.hostname, place.port)
    return None


async def _until_either_ends(one: Streams, other: Streams) -> None:
    ways = [asyncio.create_task(_copy(one[0], other[1])), asyncio.create_task(_copy(other[0], one[1]))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
