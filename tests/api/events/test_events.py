"""Events over HTTP: the feed's pages, tickets, and streams of a real server."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text, update

from orderhub.api.dependencies import Caller
from orderhub.api.stream import Streams
from orderhub.domain.accounts.models import SignInSession
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.making.events import happen
from tests.making.streams import Server, bearer


async def order(database: Database, subject: str, caller: Caller) -> None:
    data = {"order": {"id": subject, "title": "Créer un logo\nà deux lignes"}}
    await happen(database, subject, parties=[caller.account_id], data=data)


async def test_the_feed_goes_on_from_its_cursor(
    client: httpx.AsyncClient, app: FastAPI, database: Database, sign_up: Any
) -> None:
    awa, bruno = await sign_up("awa"), await sign_up("bruno")
    nothing = (await client.get("/v1/events", headers=bearer(app, awa))).json()
    assert nothing == {"data": [], "next_cursor": None}
    for number in range(3):
        await order(database, f"ord_{number}", awa)
    first = (await client.get("/v1/events?limit=2", headers=bearer(app, awa))).json()
    assert [event["subject"] for event in first["data"]] == ["ord_0", "ord_1"]
    assert first["data"][0]["id"].startswith("evt_")
    assert set(first["data"][0]) == {"id", "topic", "subject", "sequence", "at", "data"}
    rest = await client.get("/v1/events", params={"after": first["next_cursor"]}, headers=bearer(app, awa))
    assert [event["subject"] for event in rest.json()["data"]] == ["ord_2"]
    end = rest.json()["next_cursor"]
    again = await client.get("/v1/events", params={"after": end}, headers=bearer(app, awa))
    assert again.json() == {"data": [], "next_cursor": end}
    assert (await client.get("/v1/events", headers=bearer(app, bruno))).json()["data"] == []


async def test_a_feed_can_begin_at_this_instant(
    client: httpx.AsyncClient, app: FastAPI, database: Database, sign_up: Any
) -> None:
    awa = await sign_up("awa")
    await order(database, "ord_before", awa)
    now = (await client.get("/v1/events", params={"after": "now"}, headers=bearer(app, awa))).json()
    assert now["data"] == []
    await order(database, "ord_after", awa)
    later = await client.get("/v1/events", params={"after": now["next_cursor"]}, headers=bearer(app, awa))
    assert [event["subject"] for event in later.json()["data"]] == ["ord_after"]


def test_a_ticket_suffices_for_the_stream(app: FastAPI) -> None:
    document = app.openapi()
    (scheme,) = [
        name for name, found in document["components"]["securitySchemes"].items() if found.get("name") == "ticket"
    ]
    assert document["components"]["securitySchemes"][scheme]["in"] == "query"
    offering = [
        (path, method)
        for path, item in document["paths"].items()
        for method, entry in item.items()
        if {scheme: []} in entry.get("security", ())
    ]
    assert offering == [("/v1/events/stream", "get")]


@pytest.mark.parametrize("query", ["after=nonsense", "limit=0", "limit=101", "limit=1e1", "before=x"])
async def test_what_the_feed_does_not_know_is_refused(
    client: httpx.AsyncClient, app: FastAPI, sign_up: Any, query: str
) -> None:
    answer = await client.get(f"/v1/events?{query}", headers=bearer(app, await sign_up("awa")))
    assert answer.status_code == 422


async def test_a_cursor_of_another_log_is_gone_for_ever_in_the_feed_and_the_stream(
    client: httpx.AsyncClient, server: Server, database: Database, sign_up: Any
) -> None:
    headers, bruno = bearer(server.app, await sign_up("awa", "support")), await sign_up("bruno")
    await order(database, "ord_1", bruno)
    cursor = (await client.get("/v1/events", headers=headers)).json()["next_cursor"]
    async with server.listen(headers) as (_, blocks):
        start = (await anext(blocks)).id
        async with database.session() as session:
            await session.execute(text("UPDATE event_log SET identity = identity + 1"))
        assert await asyncio.wait_for(anext(blocks, None), 5) is None
    assert start == cursor
    for _ in range(2):
        refused = await client.get("/v1/events", params={"after": cursor}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (410, "cursor_of_another_log")
        assert "sans curseur" in refused.json()["detail"]
        async with server.listen({**headers, "Last-Event-ID": cursor}) as (answer, _):
            assert answer.status_code == 410
        await order(database, "ord_2", bruno)
    again = (await client.get("/v1/events", headers=headers)).json()
    assert [event["subject"] for event in again["data"]] == ["ord_1", "ord_2", "ord_2"]


async def test_who_hangs_up_in_the_backlog_is_no_fault(
    server: Server, database: Database, sign_up: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    awa = await sign_up("awa")
    async with server.listen(bearer(server.app, awa)) as (_, blocks):
        start = (await anext(blocks)).id
    for number in range(3):
        subjects = [f"ord_{number}_{each}" for each in range(100)]
        await happen(database, *subjects, parties=[awa.account_id], data={"order": {"title": "x" * 20_000}})
    for _ in range(5):
        async with server.listen(bearer(server.app, awa), after=start or "") as (answer, blocks):
            assert answer.status_code == 200
            await anext(blocks)
    async with asyncio.timeout(5):
        while server.server.server_state.connections:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
    said = "".join(capfd.readouterr())
    assert "/v1/events/stream" in said
    assert not any(word in said for word in ("Traceback", "fault", "Error", " 500 ")), said


async def test_nobody_reads_without_signing_in(client: httpx.AsyncClient) -> None:
    for method, path in (("GET", ""), ("GET", "/stream"), ("POST", "/stream/tickets")):
        assert (await client.request(method, f"/v1/events{path}")).status_code == 401


async def test_a_stream_tells_what_happens_and_goes_on_after_a_break(
    server: Server, database: Database, sign_up: Any
) -> None:
    awa = await sign_up("awa")
    headers = bearer(server.app, awa)
    async with server.listen(headers) as (answer, blocks):
        assert answer.headers["content-type"].startswith("text/event-stream")
        start = await anext(blocks)
        assert (start.event, start.data) == (None, None)
        await order(database, "ord_1", awa)
        first = await anext(blocks)
        assert (first.event, first.data["subject"]) == ("order.placed", "ord_1")
        assert first.data["data"]["order"]["title"] == "Créer un logo\nà deux lignes"
    await order(database, "ord_2", awa)
    async with server.listen({**headers, "Last-Event-ID": first.id or ""}) as (_, blocks):
        heard = [await anext(blocks) for _ in range(2)]
        assert [block.data and block.data["subject"] for block in heard] == [None, "ord_2"]
    feed = await _get(server, headers, start.id or "")
    assert [event["subject"] for event in feed["data"]] == ["ord_1", "ord_2"]


async def test_a_stream_can_begin_at_this_instant(server: Server, database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    await order(database, "ord_before", awa)
    async with server.listen(bearer(server.app, awa), after="now") as (_, blocks):
        start = await anext(blocks)
        assert (start.event, start.data) == (None, None)
        await order(database, "ord_after", awa)
        assert (await anext(blocks)).data["subject"] == "ord_after"


async def _get(server: Server, headers: dict[str, str], after: str) -> Any:
    async with httpx.AsyncClient(base_url=server.url) as browser:
        return (await browser.get("/v1/events", params={"after": after}, headers=headers)).json()


async def ticket_of(server: Server, caller: Caller) -> str:
    async with httpx.AsyncClient(base_url=server.url) as browser:
        answer = await browser.post("/v1/events/stream/tickets", headers=bearer(server.app, caller))
    assert answer.status_code == 201
    return answer.json()["ticket"]


async def test_a_ticket_opens_one_stream(server: Server, database: Database, sign_up: Any) -> None:
    awa = await sign_up("awa")
    ticket = await ticket_of(server, awa)
    async with server.listen(ticket=ticket) as (answer, blocks):
        assert answer.status_code == 200
        await anext(blocks)
        await order(database, "ord_1", awa)
        assert (await anext(blocks)).data["subject"] == "ord_1"
    async with server.listen(ticket=ticket) as (again, _):
        assert again.status_code == 401


async def test_an_old_ticket_and_that_of_a_session_signed_out_open_nothing(
    server: Server, database: Database, sign_up: Any
) -> None:
    awa = await sign_up("awa")
    old, gone = await ticket_of(server, awa), None
    async with database.session() as session:
        await session.execute(text("UPDATE stream_tickets SET expires_at = now() - interval '1 second'"))
    gone = await ticket_of(server, awa)
    async with database.session() as session:
        await session.execute(
            update(SignInSession).where(SignInSession.id == awa.session_id).values(revoked_at=real_now())
        )
    for ticket in (old, gone, "unknown"):
        async with server.listen(ticket=ticket) as (answer, _):
            assert answer.status_code == 401


async def test_stopping_the_server_ends_its_streams(server: Server, sign_up: Any) -> None:
    async with server.listen(bearer(server.app, await sign_up("awa"))) as (_, blocks):
        await anext(blocks)
        server.app.state.parts.others[Streams].stop()
        assert await asyncio.wait_for(anext(blocks, None), 5) is None


async def test_the_sandbox_clock_is_steered_over_http(client: httpx.AsyncClient) -> None:
    before = datetime.fromisoformat((await client.get("/v1/sandbox/clock")).json()["now"])
    answer = await client.post("/v1/sandbox/clock/advance", json={"by": "PT2H"})
    assert answer.status_code == 200, answer.text
    moved = datetime.fromisoformat(answer.json()["now"]) - before
    assert 7200 <= moved.total_seconds() < 7230
    for by in ("PT0S", "P367D", "-P1D", "2 hours"):
        assert (await client.post("/v1/sandbox/clock/advance", json={"by": by})).status_code == 422
