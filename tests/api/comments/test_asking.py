"""Questions and answers under an item, for everybody to read."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from orderhub.api.dependencies import Parts
from orderhub.domain.catalog.models import Listing
from orderhub.kit.ids import new_id
from tests.api.comments.conftest import Show, wrote
from tests.making.bounds import set_bounds
from tests.making.instants import NOON


async def test_a_question_and_its_answers_are_read_by_anybody(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, driss: httpx.AsyncClient, client: httpx.AsyncClient, jacket: str
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    assert (asked["author"]["handle"], asked["mine"], asked["parent_id"]) == ("awa", True, None)
    await wrote(bruno, jacket, "Non, normalement.", parent_id=asked["id"])
    await wrote(driss, jacket, "J’ai la même : un peu.", parent_id=asked["id"])
    later = await wrote(driss, jacket, "Une photo du dos ?")

    shown = (await client.get(jacket)).json()
    assert [each["id"] for each in shown["data"]] == [later["id"], asked["id"]]
    answers = shown["data"][1]["answers"]
    assert [(each["author"]["handle"], each["text"]) for each in answers] == [
        ("bruno", "Non, normalement."),
        ("driss", "J’ai la même : un peu."),
    ]
    assert not any(each["mine"] for each in [*shown["data"], *answers])


async def test_questions_are_paged(awa: httpx.AsyncClient, client: httpx.AsyncClient, jacket: str) -> None:
    asked = [await wrote(awa, jacket, f"Question {number}") for number in range(3)]
    first = (await client.get(jacket, params={"limit": 2})).json()
    second = (await client.get(jacket, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    found = [each["id"] for each in (*first["data"], *second["data"])]
    assert found == [each["id"] for each in reversed(asked)]
    assert second["next_cursor"] is None


async def test_an_answer_is_to_a_question_of_the_same_item(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, jacket: str, show: Show
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    answered = await wrote(bruno, jacket, "Non.", parent_id=asked["id"])
    nested = await awa.post(jacket, json={"text": "Merci", "parent_id": answered["id"]})
    assert (nested.status_code, nested.json()["errors"][0]["code"]) == (422, "answers_an_answer")
    elsewhere = await awa.post(await show(), json={"text": "Merci", "parent_id": asked["id"]})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "comment_not_found")


@pytest.mark.parametrize(("length", "status"), [(2_000, 201), (2_001, 422), (10_000, 422), (0, 422)])
async def test_a_comment_has_its_length(awa: httpx.AsyncClient, jacket: str, length: int, status: int) -> None:
    assert (await awa.post(jacket, json={"text": "a" * length})).status_code == status
    assert len((await awa.get(jacket)).json()["data"]) == (status == 201)


async def test_a_service_is_asked_about_in_private(awa: httpx.AsyncClient, bruno: httpx.AsyncClient) -> None:
    service = {
        "title": "Logo",
        "description": "Un logo.",
        "category": "graphic_design",
        "price": {"amount": 12_000, "currency": "EUR"},
        "days": 5,
        "state": "active",
    }
    listing = (await bruno.post("/v1/listings", json=service)).json()
    refused = await awa.post(f"/v1/listings/{listing['id']}/comments", json={"text": "Bonjour"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_comments")
    assert (await awa.get(f"/v1/listings/{listing['id']}/comments")).json()["data"] == []


async def test_a_sold_item_is_no_longer_asked_about_and_still_read(
    app: FastAPI, awa: httpx.AsyncClient, client: httpx.AsyncClient, jacket: str
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        await session.execute(update(Listing).values(state="sold", order_id=new_id()))
    refused = await awa.post(jacket, json={"text": "Encore là ?"})
    assert (refused.status_code, refused.json()["code"]) == (409, "comments_closed")
    (shown,) = (await client.get(jacket)).json()["data"]
    assert shown["id"] == asked["id"]


async def test_a_reserved_item_is_asked_about(awa: httpx.AsyncClient, show: Show) -> None:
    await wrote(awa, await show(state="reserved", order_id=new_id(), reserved_until=NOON), "Encore là ?")


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
async def test_what_is_not_on_show_is_absent(awa: httpx.AsyncClient, show: Show, state: str) -> None:
    hidden = await show(state=state)
    for answered in (await awa.post(hidden, json={"text": "Bonjour"}), await awa.get(hidden)):
        assert (answered.status_code, answered.json()["code"]) == (404, "listing_not_found")


async def test_nobody_writes_under_what_a_suspended_person_sells(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, jacket: str
) -> None:
    seller = (await bruno.get("/v1/me")).json()["id"]
    await chloe.post(f"/v1/staff/accounts/{seller}/suspend", json={"reason": "Vend des contrefaçons."})
    refused = await awa.post(jacket, json={"text": "Encore là ?"})
    assert (refused.status_code, refused.json()["code"]) == (404, "listing_not_found")


async def test_a_person_writes_so_many_a_day(
    app: FastAPI, awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str
) -> None:
    parts: Parts = app.state.parts
    await set_bounds(parts.database, comments_of_a_day=2)
    asked = await wrote(awa, jacket, "Un")
    await wrote(awa, jacket, "Deux")
    await awa.delete(f"{jacket}/{asked['id']}")
    refused = await awa.post(jacket, json={"text": "Trois"})
    assert (refused.status_code, refused.json()["limit"], refused.json()["most"]) == (409, "comments_of_a_day", 2)
    await wrote(driss, jacket, "Trois")


async def test_a_listing_has_so_many(app: FastAPI, awa: httpx.AsyncClient, jacket: str) -> None:
    parts: Parts = app.state.parts
    await set_bounds(parts.database, comments=10)
    asked = [await wrote(awa, jacket, f"Question {number}") for number in range(10)]
    refused = await awa.post(jacket, json={"text": "Encore une"})
    assert (refused.status_code, refused.json()["limit"], refused.json()["most"]) == (409, "comments", 10)
    await awa.delete(f"{jacket}/{asked[0]['id']}")
    await wrote(awa, jacket, "Encore une")


async def test_a_question_has_so_many_answers(app: FastAPI, awa: httpx.AsyncClient, jacket: str) -> None:
    parts: Parts = app.state.parts
    await set_bounds(parts.database, comments_of_a_day=100)
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    for number in range(50):
        await wrote(awa, jacket, f"Réponse {number}", parent_id=asked["id"])
    refused = await awa.post(jacket, json={"text": "Encore une", "parent_id": asked["id"]})
    assert (refused.status_code, refused.json()["limit"]) == (409, "comment_answers")
    await wrote(awa, jacket, "Autre question")
