"""``@handle`` in a comment: whoever is mentioned is named and told; nobody is refused."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.events.models import Event
from orderhub.kit.ids import parse_id
from tests.api.comments.conftest import wrote
from tests.api.conftest import Join


async def heard(app: FastAPI, comment: dict[str, str]) -> dict[str, str]:
    """Who hears of a comment, by what."""
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        events = (await session.scalars(select(Event).where(Event.subject == comment["id"]))).all()
    assert sorted(event.sequence for event in events) == list(range(1, len(events) + 1))
    return {str(event.first_party): event.topic for event in events}


async def account_of(app: FastAPI, person: httpx.AsyncClient) -> str:
    return str(parse_id("acc", (await person.get("/v1/me")).json()["id"]))


@pytest.mark.parametrize("text", ["@driss, qu’en penses-tu ?", "Qu’en dis-tu @Driss. Et toi ?", "(@driss)"])
async def test_whoever_is_mentioned_is_named_and_told(
    app: FastAPI, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str, text: str
) -> None:
    comment = await wrote(awa, jacket, text)
    assert [each["handle"] for each in comment["mentions"]] == ["driss"]
    assert (comment["text"], comment["masked"]) == (text, [])
    assert await heard(app, comment) == {
        await account_of(app, bruno): "comment.asked",
        await account_of(app, driss): "comment.mentioned",
    }


async def test_a_handle_that_nobody_has_is_named(awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str) -> None:
    refused = await awa.post(jacket, json={"text": "@driss et @personne.du.tout, regardez"})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (422, "/text", "unknown_handle")
    assert "@personne.du.tout" in error["detail"]
    assert "@driss" not in error["detail"]
    assert (await awa.get(jacket)).json()["data"] == []


async def test_somebody_suspended_is_nobody(
    awa: httpx.AsyncClient, driss: httpx.AsyncClient, chloe: httpx.AsyncClient, jacket: str
) -> None:
    account = (await driss.get("/v1/me")).json()["id"]
    await chloe.post(f"/v1/staff/accounts/{account}/suspend", json={"reason": "Contrefaçons."})
    assert (await awa.post(jacket, json={"text": "@driss ?"})).json()["errors"][0]["code"] == "unknown_handle"


async def test_an_address_is_no_mention(awa: httpx.AsyncClient, jacket: str) -> None:
    comment = await wrote(awa, jacket, "Écris à awa@example.fr, 5@10 euros, rdv @ Lyon")
    assert comment["mentions"] == []


@pytest.mark.parametrize(("people", "status"), [(10, 201), (11, 422)])
async def test_so_many_people_are_mentioned_at_most(
    join: Join, awa: httpx.AsyncClient, jacket: str, people: int, status: int
) -> None:
    for number in range(people):
        await join(f"ami{number}")
    text = " ".join(f"@ami{number} @ami{number}" for number in range(people))
    answered = await awa.post(jacket, json={"text": text})
    assert answered.status_code == status
    if status == 201:
        assert len(answered.json()["mentions"]) == people
    else:
        assert answered.json()["errors"][0]["code"] == "too_many_mentions"


async def test_the_asker_hears_of_an_answer_and_the_seller_of_everything(
    app: FastAPI, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str
) -> None:
    seller, asker, third = [await account_of(app, person) for person in (bruno, awa, driss)]
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    assert await heard(app, asked) == {seller: "comment.asked"}
    answered = await wrote(bruno, jacket, "Non.", parent_id=asked["id"])
    assert await heard(app, answered) == {asker: "comment.answered"}
    helped = await wrote(driss, jacket, "Un peu, @awa.", parent_id=asked["id"])
    assert await heard(app, helped) == {seller: "comment.asked", asker: "comment.mentioned"}
    thanks = await wrote(awa, jacket, "Merci @driss", parent_id=asked["id"])
    assert await heard(app, thanks) == {seller: "comment.asked", third: "comment.mentioned"}
    own = await wrote(bruno, jacket, "Lavée hier. @bruno")
    assert await heard(app, own) == {}


async def test_a_mention_is_served_in_the_feed_of_who_is_mentioned(
    awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str
) -> None:
    comment = await wrote(awa, jacket, "@driss, écris à awa@example.fr")
    (event,) = (await driss.get("/v1/events")).json()["data"]
    assert (event["topic"], event["subject"]) == ("comment.mentioned", comment["id"])
    said = event["data"]["comment"]
    assert (said["author"]["handle"], said["text"], said["masked"]) == ("awa", "@driss, écris à •••••", ["email"])
