"""An inquiry over HTTP: Awa asks, Bruno answers, Driss sees nothing."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from orderhub.domain.cases.models import Case
from orderhub.kit.ids import new_id, show_id
from tests.api.messages.conftest import Person


async def ask(person: Person, listing_id: str, text: str = "Bonjour, faites-vous des affiches ?") -> dict[str, Any]:
    answer = await person.client.post("/conversations", json={"listing_id": listing_id, "text": text})
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def test_an_inquiry_is_asked_answered_and_read(awa: Person, bruno: Person, listing_id: str) -> None:
    conversation = await ask(awa, listing_id)
    path = f"/conversations/{conversation['id']}"
    assert (conversation["role"], conversation["can_write"]["allowed"]) == ("buyer", True)
    assert (conversation["message_count"], conversation["title"]) == (1, "Logo pour commerce")
    [listed] = (await bruno.client.get("/conversations?unread=true")).json()["data"]
    assert (listed["id"], listed["unread"], listed["other_party"]["handle"]) == (conversation["id"], 1, "awa")
    assert listed["last_message"]["excerpt"] == "Bonjour, faites-vous des affiches ?"
    assert (await bruno.client.post(f"{path}/read")).status_code == 204
    assert (await bruno.client.get("/conversations?unread=true")).json()["data"] == []
    sent = await bruno.client.post(f"{path}/messages", json={"text": "Oui !"})
    assert (sent.status_code, sent.json()["number"], sent.json()["author_role"]) == (201, 2, "seller")
    messages = (await awa.client.get(f"{path}/messages")).json()["data"]
    assert [(message["text"], message["mine"]) for message in messages] == [
        ("Oui !", False),
        ("Bonjour, faites-vous des affiches ?", True),
    ]
    assert (await awa.client.get(path)).json()["unread"] == 1


async def test_a_second_inquiry_goes_on_in_the_first(awa: Person, listing_id: str) -> None:
    first = await ask(awa, listing_id)
    again = await awa.client.post("/conversations", json={"listing_id": listing_id, "text": "Et des cartes ?"})
    assert (again.status_code, again.json()["id"], again.json()["message_count"]) == (200, first["id"], 2)


async def test_a_message_sent_again_with_its_key_is_one_message(awa: Person, listing_id: str) -> None:
    path = f"/conversations/{(await ask(awa, listing_id))['id']}/messages"
    first, again = [
        await awa.client.post(path, json={"text": "Oui"}, headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len((await awa.client.get(path)).json()["data"]) == 2


async def test_contact_details_are_masked_and_both_are_told_why(awa: Person, bruno: Person, listing_id: str) -> None:
    conversation = await ask(awa, listing_id, "Appelez le 06 12 34 56 78")
    path = f"/conversations/{conversation['id']}/messages"
    [own] = (await awa.client.get(path)).json()["data"]
    [read] = (await bruno.client.get(path, headers={"Accept-Language": "en"})).json()["data"]
    assert (own["text"], own["masked"]) == ("Appelez le 06 12 34 56 78", ["phone"])
    assert "protection" in own["notice"]
    assert (read["text"], read["masked"]) == ("Appelez le •••••", ["phone"])
    assert read["notice"].startswith("Contact details are hidden")


async def test_messages_sent_at_once_are_all_counted_and_open_one_conversation_and_one_case(
    app: FastAPI, awa: Person, bruno: Person, listing_id: str
) -> None:
    conversations = await asyncio.gather(*(ask(awa, listing_id, "awa@example.fr") for _ in range(6)))
    assert len({conversation["id"] for conversation in conversations}) == 1
    path = f"/conversations/{conversations[0]['id']}"
    messages = (await awa.client.get(f"{path}/messages")).json()["data"]
    assert [message["number"] for message in messages] == [6, 5, 4, 3, 2, 1]
    assert (await bruno.client.get(path)).json()["unread"] == 6
    async with app.state.parts.database.session() as session:
        assert await session.scalar(select(func.count()).select_from(Case)) == 1


async def test_strangers_find_nothing(awa: Person, driss: Person, listing_id: str) -> None:
    conversation = await ask(awa, listing_id)
    for conversation_id in (conversation["id"], show_id("cnv", new_id())):
        path = f"/conversations/{conversation_id}"
        answers = [
            await driss.client.get(path),
            await driss.client.get(f"{path}/messages"),
            await driss.client.post(f"{path}/messages", json={"text": "Bonjour"}),
            await driss.client.post(f"{path}/read"),
        ]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "conversation_not_found")}
    assert (await driss.client.get("/conversations")).json() == {"data": [], "next_cursor": None}


async def test_a_seller_asks_nobody_about_their_own_listing(bruno: Person, listing_id: str) -> None:
    answer = await bruno.client.post("/conversations", json={"listing_id": listing_id, "text": "Bonjour"})
    assert (answer.status_code, answer.json()["code"]) == (403, "own_listing")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": ""}, "/text"),
        ({"text": "x" * 5001}, "/text"),
        ({"text": "a\x00b"}, "/text"),
        ({"text": "Bonjour", "attachments": [show_id("fil", new_id())]}, "/attachments/0"),
        ({"text": "Bonjour", "attachments": [show_id("fil", new_id())] * 11}, "/attachments"),
        ({"text": "Bonjour", "colour": "red"}, "/colour"),
    ],
)
async def test_what_is_no_message_is_refused(awa: Person, listing_id: str, body: dict[str, Any], pointer: str) -> None:
    conversation = await ask(awa, listing_id)
    answer = await awa.client.post(f"/conversations/{conversation['id']}/messages", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_pages_follow_each_other(awa: Person, listing_id: str) -> None:
    conversation = await ask(awa, listing_id, "1")
    path = f"/conversations/{conversation['id']}/messages"
    for text in ("2", "3"):
        await awa.client.post(path, json={"text": text})
    first = (await awa.client.get(path, params={"limit": 2})).json()
    rest = (await awa.client.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [message["text"] for message in first["data"] + rest["data"]] == ["3", "2", "1"]
    assert rest["next_cursor"] is None
