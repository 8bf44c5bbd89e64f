"""Awa follows her purchase live, over one stream, from the request of a quote to the hand-over."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import groupby
from typing import Any

import httpx

from tests.lives.hub import Hub


async def _events(answer: httpx.Response) -> AsyncIterator[Any]:
    """What the stream tells, one event after the other."""
    async for line in answer.aiter_lines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


async def test_every_stage_is_told_as_it_is_reached(hub: Hub) -> None:
    async with asyncio.timeout(60), hub.awa.client.stream("GET", "/v1/events/stream", timeout=60) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        order = await hub.ready()
        mine = await hub.awa.ask("GET", f"/orders/{order['id']}")
        await hub.chloe.do(order["id"], "hand_over", code=mine["sourcing"]["pick_up"]["code"])
        told: list[Any] = []
        async for event in _events(answer):
            told.append(event)
            if event["topic"] == "order.transitioned" and event["data"]["to"] == "completed":
                break
    quoted = [event["topic"] for event in told if event["topic"].startswith("quote.")]
    assert quoted == ["quote.requested", "quote.taken", "quote.issued", "quote.accepted"]
    ordered = [event for event in told if event["topic"].startswith("order.")]
    assert [event["sequence"] for event in ordered] == list(range(1, len(ordered) + 1))
    stages = [stage for stage, _ in groupby(event["data"]["order"]["stage"] for event in ordered)]
    assert stages == ["awaiting_validation", "confirmed", "arrived", "completed"]
