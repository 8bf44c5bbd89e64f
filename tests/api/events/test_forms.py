"""What the feed and the stream say of the sample data: every event in the form of its topic."""

from typing import Any

import httpx
from sqlalchemy import func, select

from orderhub.domain.events.models import Event
from orderhub.domain.events.topics import TOPICS
from orderhub.infra.database import Database
from orderhub.seed import seed
from orderhub.settings import Settings
from tests.api.events.conftest import SignUp
from tests.contract.truth import faults, form_of
from tests.making.streams import Server, bearer


async def feed(server: Server, headers: dict[str, str]) -> list[dict[str, Any]]:
    """The whole feed, from its beginning."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 100}
    async with httpx.AsyncClient(base_url=server.url, headers=headers) as client:
        while data := (page := (await client.get("/v1/events", params=query)).json())["data"]:
            found += data
            query["after"] = page["next_cursor"]
    return found


async def test_feed_and_stream_say_the_same_and_what_the_document_says(
    server: Server, database: Database, settings: Settings, sign_up: SignUp
) -> None:
    await seed(database, settings)
    headers = bearer(server.app, await sign_up("someone_of_support", "support"))
    told = await feed(server, headers)
    async with database.session() as session:
        served = await session.scalar(select(func.count()).select_from(Event).where(Event.topic.in_(TOPICS)))
    assert len(told) == served
    assert {event["topic"] for event in told} > {"order.placed", "order.late", "quote.issued", "refund.failed"}
    assert [fault for event in told for fault in faults(form_of(event["topic"]), event)] == []

    async with httpx.AsyncClient(base_url=server.url, headers=headers) as client:
        first = (await client.get("/v1/events", params={"limit": 1})).json()
    async with server.listen(headers, after=first["next_cursor"]) as (_, blocks):
        heard = [await anext(blocks) for _ in range(len(told))]
    assert heard[0].event is None
    assert [block.data for block in heard[1:]] == told[1:]
    assert [block.event for block in heard[1:]] == [event["topic"] for event in told[1:]]
