"""How long the web server waits for a client, and how much of a head it reads."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from orderhub.commands.connections import MOST_HEAD, MOST_HEADERS
from orderhub.commands.listening import WebServer, listen, url_of
from orderhub.settings import LimitSettings, Settings
from tests.making.sockets import head, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOON = 0.3
PATIENCE = 10.0
LARGE = 50_000_000


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers by path: at once, after the body, for a while, or with a lot."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    while scope["path"] == "/body" and (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/large":
        for _ in range(LARGE // 50_000):
            await send({"type": "http.response.body", "body": b"x" * 50_000, "more_body": True})
    for _ in range(30 if scope["path"] == "/long" else 0):
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await asyncio.sleep(SOON / 3)
    await send({"type": "http.response.body", "body": str(len(scope["headers"])).encode()})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url() -> AsyncIterator[str]:
    """A server whose patience is short."""
    limits = LimitSettings(head_seconds=SOON, answer_seconds=SOON)
    settings = Settings(_env_file=None, limits=limits)  # pyright: ignore[reportCallIssue]
    with listen("127.0.0.1", 0) as listener:
        server = WebServer(application, settings)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await server.ready.wait()
        yield url_of(listener)
        server.should_exit = True
        await serving


async def until_hung_up(url: str, *pieces: bytes, every: float = SOON / 4) -> bytes:
    """What comes back, by the time that the server hangs up, for bytes that come one after the other for ever."""
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        for piece in pieces[:-1]:
            await client.send(piece)
        dripping = asyncio.create_task(client.drip(pieces[-1] * 10_000, every))
        said = await client.rest()
        dripping.cancel()
        return said


async def test_who_says_nothing_is_hung_up_on(url: str) -> None:
    assert await until_hung_up(url, b"") == b""


async def test_blank_lines_are_nothing(url: str) -> None:
    assert await until_hung_up(url, b"\r\n") == b""


async def test_blank_lines_after_a_request_are_nothing(url: str) -> None:
    said = await until_hung_up(url, head("GET", "/"), b"\r\n")
    assert said.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("begun", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: hub\r\nX: "])
async def test_a_slow_head_is_a_408(url: str, begun: bytes) -> None:
    said = await until_hung_up(url, begun, b"T" if b"Host" not in begun else b"x")
    assert said.startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))
    assert b"application/problem+json" in said
    assert b"/docs/problems/" in said


async def test_a_second_head_may_not_be_slow_either(url: str) -> None:
    said = await until_hung_up(url, head("GET", "/"), b"GET /slow HTTP/1.1\r\nX: ", b"x")
    assert said.count(b"HTTP/1.1 200") == 1
    assert said.count(b"HTTP/1.1 408") == 1
    assert b'"code":"too_slow"' in said


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({f"X-{n}": "1" for n in range(MOST_HEADERS)}, "/"),
        ({"X": "x" * MOST_HEAD * 4}, "/"),
        ({}, "/" + "x" * MOST_HEAD * 4),
    ],
    ids=["many", "large", "long path"],
)
async def test_a_head_is_bounded(url: str, headers: dict[str, str], path: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("GET", path, headers))
        said = await client.rest()
    assert said.startswith(b"HTTP/1.1 431")
    assert b'"code":"head_too_large"' in said


@pytest.mark.parametrize(("more", "status"), [(0, b"200"), (1, b"431")], ids=["at the bound", "one over"])
async def test_a_head_in_one_piece_is_bounded(url: str, more: int, status: bytes) -> None:
    others = len("/" + "Host" + "hub" + "X")
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("GET", "/", {"X": "x" * (MOST_HEAD - others + more)}))
        said = await client.reader.readline()
    assert said.split()[1] == status


async def test_what_is_no_http_is_a_problem(url: str) -> None:
    said = await until_hung_up(url, b"\x16\x03\x01\x02\x00\x01\x00", b"")
    assert said.startswith(b"HTTP/1.1 400")
    assert b'"code":"malformed"' in said


async def test_trailers_are_dropped(url: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("POST", "/body", {"Transfer-Encoding": "chunked"}) + b"1\r\na\r\n0\r\n")
        await client.send(b"X: x\r\n" * 100_000 + b"\r\n")
        assert await client.status() == 200


async def test_the_rest_of_a_request_is_not_waited_for(url: str) -> None:
    said = await until_hung_up(url, head("POST", "/", {"Content-Length": "1000000"}), b"x")
    assert said.startswith(b"HTTP/1.1 200")


async def test_a_body_that_is_waited_for_may_take_longer_than_a_head(url: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("POST", "/body", {"Content-Length": "8"}))
        await client.drip(b"12345678", SOON / 2)
        assert await client.status() == 200


async def test_an_answer_that_goes_on_may_take_longer_than_a_head(url: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        await client.send(head("GET", "/long"))
        began = asyncio.get_running_loop().time()
        while asyncio.get_running_loop().time() - began < 4 * SOON:
            assert await client.reader.readline()


async def test_an_answer_that_nobody_reads_is_given_up(url: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url, window=1) as client:
        await client.send(head("GET", "/large"))
        await asyncio.sleep(4 * SOON)
        assert len(await client.rest()) < LARGE


async def test_a_connection_is_kept_between_requests(url: str) -> None:
    async with asyncio.timeout(PATIENCE), wire(url) as client:
        for _ in range(3):
            await client.send(head("GET", "/"))
            assert await client.status() == 200
            await client.reader.readuntil(b"0\r\n\r\n")
            await asyncio.sleep(1.5 * SOON)
