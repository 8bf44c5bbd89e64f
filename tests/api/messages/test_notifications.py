"""Bruno's member area and the dev mailbox, after Awa wrote to him."""

from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from orderhub.bootstrap import worker_context
from orderhub.jobs.worker import Worker
from orderhub.settings import Mode
from tests.api.messages.conftest import Person


@pytest.fixture
async def told(app: FastAPI, awa: Person, listing_id: str) -> None:
    """Awa has written twice, and the worker has done its work."""
    for text in ("Bonjour", "Vous êtes là ?"):
        await awa.client.post("/conversations", json={"listing_id": listing_id, "text": text})
    await Worker(worker_context(app.state.parts)).drain()


@pytest.mark.usefixtures("told")
async def test_alerts_are_worded_in_the_language_asked_for(bruno: Person) -> None:
    french = (await bruno.client.get("/me/notifications")).json()
    english = (await bruno.client.get("/me/notifications", headers={"Accept-Language": "en"})).json()
    assert (french["unread"], len(french["data"]), french["next_cursor"]) == (2, 2, None)
    assert french["data"][0]["title"] == "Nouveau message"
    assert french["data"][0]["body"] == "awa vous a écrit au sujet de « Logo pour commerce » : Vous êtes là ?"
    assert english["data"][0]["title"] == "New message"
    assert french["data"][0]["id"] == english["data"][0]["id"]
    assert {"topic": "messages", "code": "message.sent", "order_id": None, "read_at": None}.items() <= french["data"][
        0
    ].items()


@pytest.mark.usefixtures("told")
async def test_alerts_are_read_one_by_one_or_all_at_once(awa: Person, bruno: Person) -> None:
    newest, older = (await bruno.client.get("/me/notifications")).json()["data"]
    path = f"/me/notifications/{newest['id']}/read"
    assert (await awa.client.post(path)).status_code == 404
    assert (await bruno.client.post(path)).json()["read_at"] is not None
    unread = (await bruno.client.get("/me/notifications?unread=true")).json()
    assert ([alert["id"] for alert in unread["data"]], unread["unread"]) == ([older["id"]], 1)
    assert (await bruno.client.post("/me/notifications/read-all")).status_code == 204
    assert (await bruno.client.get("/me/notifications")).json()["unread"] == 0
    assert (await awa.client.get("/me/notifications")).json()["data"] == []


@pytest.mark.usefixtures("told")
async def test_the_mailbox_shows_what_was_sent(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/sandbox/mailbox", params={"to": "bruno@example.fr"})).json()
    [mail] = found["data"]
    assert (mail["to"], mail["from"]) == ("bruno@example.fr", "OrderHub <no-reply@orderhub.example>")
    assert mail["subject"] == "Nouveau message – Logo pour commerce"
    assert mail["links"][0].startswith("http://127.0.0.1:3000/conversations/cnv_")
    assert (await client.get("/v1/sandbox/mailbox", params={"to": "awa@example.fr"})).json()["data"] == []


async def test_production_has_no_mailbox(app: FastAPI, client: httpx.AsyncClient) -> None:
    settings = app.state.parts.settings.model_copy(update={"mode": Mode.PRODUCTION})
    app.state.parts = replace(app.state.parts, settings=settings)
    assert (await client.get("/v1/sandbox/mailbox")).status_code == 404
