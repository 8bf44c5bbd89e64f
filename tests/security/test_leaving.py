"""Readers who come and go at once, as a browser does that reconnects, cost no connection."""

import asyncio
import gc

import pytest

from tests.security.requests import send
from tests.security.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_stream_that_is_left_at_any_moment_loses_no_connection(town: Town) -> None:
    async def come_and_go(role: str) -> None:
        for n in range(20):
            assert (await send(town, town.client(role), "stream_events", {})).status_code == 200
            await asyncio.sleep(0.003 * n % 0.02)

    await asyncio.gather(*(come_and_go(role) for role in ("buyer", "seller", "support", "admin")))
    await asyncio.sleep(0.3)
    # A connection that was lost is found here: its warning fails the test.
    gc.collect()
    assert town.world.parts.database.in_use == 0
