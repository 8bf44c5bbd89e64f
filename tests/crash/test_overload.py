"""Too much load is refused early, and is over when it is over: never a collapse, live health throughout."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
from sqlalchemy import text

from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.shoppers import Pair, pairs

pytestmark = pytest.mark.slow

POOL, WAIT, CONCURRENT = 2, 0.5, 40
ROUNDS, CALLERS = 4, 80
EARLY = 3.0
"""Seconds within which a refusal comes: the wait for a connection, and room for a busy machine."""


@asynccontextmanager
async def nobody_reads_orders(hub: Hub) -> AsyncGenerator[None]:
    """Hold the orders back, so that whoever asks for one keeps its connection."""
    async with hub.database.session() as session:
        await session.execute(text("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE"))
        yield


async def read_orders(pair: Pair, url: str, path: str) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    answer = await pair.buyer.client.get(f"{url}/v1{path}", timeout=30)
    return answer, time.monotonic() - began


@asynccontextmanager
async def slow_clients(url: str, count: int) -> AsyncGenerator[None]:
    """Connections that began a request and never go on with it."""
    host, _, port = url.removeprefix("http://").partition(":")
    async with AsyncExitStack() as stack:
        for _ in range(count):
            _, writer = await asyncio.open_connection(host, int(port))
            stack.callback(writer.close)
            writer.write(b"POST /v1/orders HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n")
        yield


async def watch_health(url: str, waits: list[float]) -> None:
    """Ask again and again whether the process is alive; how long each answer took."""
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        while True:
            began = time.monotonic()
            assert (await client.get(f"{url}/health/live")).status_code == 200
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0.05)


async def test_too_much_is_refused_early(hub: Hub, record: Callable[..., None]) -> None:
    limits = {"database_pool": str(POOL), "database_wait": str(WAIT), "limits_concurrent": str(CONCURRENT)}
    await hub.add_api(**limits)
    (pair,) = await pairs(hub, Journal(hub.urls), 1)
    (url,) = hub.urls
    order = await pair.place()
    paths = (f"/orders/{order['id']}", "/orders?role=buyer")
    waits: list[float] = []
    pair.buyer.client.timeout = httpx.Timeout(30)
    watching = asyncio.create_task(watch_health(url, waits))
    try:
        async with slow_clients(url, 200), nobody_reads_orders(hub):
            stuck = [asyncio.create_task(read_orders(pair, url, paths[0])) for _ in range(POOL)]
            await asyncio.sleep(WAIT)
            refused: list[tuple[httpx.Response, float]] = []
            for _ in range(ROUNDS):
                refused += await asyncio.gather(*(read_orders(pair, url, paths[n % 2]) for n in range(CALLERS)))
        freed = await asyncio.gather(*stuck)
        recovered = await asyncio.gather(*(read_orders(pair, url, path) for path in paths * 10))
    finally:
        watching.cancel()
        ended = (await asyncio.gather(watching, return_exceptions=True))[0]
    record(
        refused=len(refused),
        slowest_refusal=max(seconds for _, seconds in refused),
        health_checks=len(waits),
        slowest_health=max(waits),
    )
    assert isinstance(ended, asyncio.CancelledError)
    assert {(answer.status_code, "retry-after" in answer.headers) for answer, _ in refused} == {(503, True)}
    assert max(seconds for _, seconds in refused) < EARLY
    assert [answer.status_code for answer, _ in (*freed, *recovered)] == [200] * (POOL + 20)
    assert len(waits) > ROUNDS
    assert max(waits) < EARLY
