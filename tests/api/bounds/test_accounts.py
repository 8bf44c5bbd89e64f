"""What one person can pile up: as many as the bound says, one over is refused, and there is room again afterwards."""

import asyncio
from typing import Any

import httpx
import pytest

from orderhub.infra.database import Database
from tests.api.conftest import Join
from tests.making.bounds import set_bounds

ADDRESS = {"name": "Awa Diop", "line1": "12 rue Oberkampf", "postcode": "75011", "city": "Paris", "country": "FR"}
SEPARATE = {"separate": True}
CROWD = 6


async def ask(person: httpx.AsyncClient, path: str, body: Any, expect: int = 201) -> Any:
    answer = await person.post(f"/v1{path}", json=body)
    assert answer.status_code == expect, answer.text
    return answer.json()


def refused(problem: Any, limit: str, most: int) -> bool:
    """Whether the refusal says the bound, the number and what to do, as the one for all of them."""
    found = (problem["code"], problem["limit"], problem["most"])
    return found == ("limit_reached", limit, most) and str(most) in problem["detail"]


@pytest.mark.parametrize(
    ("limit", "path", "body"),
    [
        ("addresses", "/me/addresses", ADDRESS),
        ("carts", "/carts", SEPARATE),
        ("listings", "/listings", {"title": "Un"}),
    ],
)
async def test_the_bound_and_one_over(
    database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient, limit: str, path: str, body: Any
) -> None:
    await set_bounds(database, **{limit: 2})
    first, _ = [await ask(awa, path, body) for _ in range(2)]
    assert refused(await ask(awa, path, body, 409), limit, 2)
    await ask(bruno, path, body)
    assert (await awa.delete(f"/v1{path}/{first['id']}")).status_code == 204
    await ask(awa, path, body)
    await ask(awa, path, body, 409)


@pytest.mark.parametrize(
    ("limit", "path", "body"),
    [
        ("addresses", "/me/addresses", ADDRESS),
        ("carts", "/carts", SEPARATE),
        ("listings", "/listings", {"title": "Un"}),
    ],
)
async def test_many_at_once_are_counted_one_after_the_other(
    database: Database, awa: httpx.AsyncClient, limit: str, path: str, body: Any
) -> None:
    await set_bounds(database, **{limit: 2})
    answers = await asyncio.gather(*(awa.post(f"/v1{path}", json=body) for _ in range(CROWD)))
    assert sorted(answer.status_code for answer in answers) == [201] * 2 + [409] * (CROWD - 2)


async def test_the_usual_cart_is_there_whatever_the_bound(database: Database, awa: httpx.AsyncClient) -> None:
    await set_bounds(database, carts=1)
    usual = await ask(awa, "/carts", {})
    assert refused(await ask(awa, "/carts", SEPARATE, 409), "carts", 1)
    assert (await ask(awa, "/carts", {}, 200))["id"] == usual["id"]


async def offered(seller: httpx.AsyncClient, title: str) -> str:
    """A service on show."""
    listing = {
        "title": title,
        "description": "Un logo.",
        "category": "graphic_design",
        "price": {"amount": 100, "currency": "EUR"},
        "days": 5,
        "state": "active",
    }
    return (await ask(seller, "/listings", listing))["id"]


async def test_inquiries_wait_for_an_answer(
    database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient
) -> None:
    await set_bounds(database, inquiries=2)
    listings = [await offered(bruno, title) for title in ("Un", "Deux", "Trois")]
    asked = [{"listing_id": listing, "text": "Bonjour"} for listing in listings]
    first, _ = [await ask(awa, "/conversations", body) for body in asked[:2]]
    assert refused(await ask(awa, "/conversations", asked[2], 409), "inquiries", 2)
    await ask(awa, "/conversations", asked[0], 200)
    await ask(bruno, f"/conversations/{first['id']}/messages", {"text": "Oui ?"})
    await ask(awa, "/conversations", asked[2])


async def test_a_conversation_ends(database: Database, awa: httpx.AsyncClient, bruno: httpx.AsyncClient) -> None:
    await set_bounds(database, messages=10)
    conversation = await ask(awa, "/conversations", {"listing_id": await offered(bruno, "Un"), "text": "Bonjour"})
    path = f"/conversations/{conversation['id']}/messages"
    for number in range(2, 11):
        assert (await ask(awa, path, {"text": "Encore"}))["number"] == number
    answers = await asyncio.gather(*(who.post(f"/v1{path}", json={"text": "Trop"}) for who in (awa, bruno)))
    assert all(refused(answer.json(), "messages", 10) for answer in answers)


async def test_staff_set_bounds_within_bounds(join: Join) -> None:
    idris = await join("idris", "admin")
    read = (await idris.get("/v1/staff/settings", headers={"Accept-Language": "en"})).json()
    rule = next(rule for rule in read["bound_rules"] if rule["name"] == "carts")
    assert rule == {"name": "carts", "label": "Open carts of an account", "least": 1, "most": 200}
    body = {name: read[name] for name in ("durations", "fees", "working_days")}

    async def put(**bounds: Any) -> httpx.Response:
        return await idris.put("/v1/staff/settings", json=body | {"bounds": bounds})

    assert (await put(carts=200)).json()["bounds"] == read["bounds"] | {"carts": 200}
    assert (await put()).json()["bounds"]["carts"] == 200
    for wrong, code in (({"carts": 201}, "out_of_bounds"), ({"naps": 1}, "unknown_name")):
        answer = await put(**wrong)
        assert (answer.status_code, [each["code"] for each in answer.json()["errors"]]) == (422, [code])
    assert (await put(carts=0)).status_code == 422
    (entry, *_) = (await idris.get("/v1/staff/audit", params={"action": "settings.changed"})).json()["data"]
    assert entry["after"]["bounds"]["carts"] == 200
