"""Awa gathers what she wants over weeks: one cart that is hers alone."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from orderhub.api.schemas.carts import CartLineOut, CartOut, CartSummaryOut, CartVerdictOut
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.api.carts.conftest import BAZIN, NOWHERE, WAX, Put


async def test_one_open_cart_unless_a_separate_one_is_asked_for(awa: httpx.AsyncClient) -> None:
    first = await awa.post("/v1/carts", json={})
    again = await awa.post("/v1/carts", json={"separate": False})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (await awa.get(first.headers["Location"])).json() == first.json()
    others = [await awa.post("/v1/carts", json={"separate": True}) for _ in range(2)]
    assert [other.status_code for other in others] == [201, 201]
    assert len({first.json()["id"], *(other.json()["id"] for other in others)}) == 3
    assert (await awa.post("/v1/carts", json={})).json() == first.json()


async def test_a_repeated_opening_is_one(awa: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "ouvrir"}
    answers = [await awa.post("/v1/carts", json={"separate": True}, headers=headers) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len((await awa.get("/v1/carts")).json()["data"]) == 1


async def test_a_list_of_carts(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    await put(url=BAZIN)
    other = (await awa.post("/v1/carts", json={"separate": True})).json()
    page = (await awa.get("/v1/carts", params={"limit": 1})).json()
    assert [row["id"] for row in page["data"]] == [other["id"]]
    rest = (await awa.get("/v1/carts", params={"cursor": page["next_cursor"], "status": "open"})).json()
    assert [(f"/v1/carts/{row['id']}", row["line_count"]) for row in rest["data"]] == [(cart, 1)]
    assert (await awa.get("/v1/carts", params={"status": "requested"})).json()["data"] == []
    assert (await awa.get("/v1/carts", params={"status": "lost"})).status_code == 422


async def test_lines_are_added_changed_and_removed(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    first = await put(url=BAZIN, quantity=2, note="Foncé")
    second = await put("Wax", url=WAX)
    path = f"{cart}/lines/{first['id']}"
    changed = await awa.patch(path, json={"quantity": 3, "note": None})
    assert changed.status_code == 200, changed.text
    assert changed.json() == first | {"quantity": 3, "note": None}
    assert changed.headers["ETag"] == '"4"'
    read = await awa.get(cart)
    assert read.headers["ETag"].startswith('"4-')
    assert [line["id"] for line in read.json()["lines"]] == [first["id"], second["id"]]
    removed = await awa.delete(path)
    assert (removed.status_code, removed.headers["ETag"]) == (204, '"5"')
    assert (await awa.delete(path)).json()["code"] == "cart_line_not_found"
    left = (await awa.get(cart)).json()
    assert ([line["id"] for line in left["lines"]], left["line_count"], left["version"]) == ([second["id"]], 1, 5)


async def test_a_line_of_another_cart_is_not_in_this_one(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    line = await put(url=BAZIN)
    other = (await awa.post("/v1/carts", json={"separate": True})).headers["Location"]
    refused = await awa.patch(f"{other}/lines/{line['id']}", json={"quantity": 2})
    assert (refused.status_code, refused.json()["code"]) == (404, "cart_line_not_found")


async def test_deleting_a_cart(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    await put(url=BAZIN)
    assert (await awa.delete(cart)).status_code == 204
    for method, path in (("GET", cart), ("DELETE", cart), ("POST", f"{cart}/validate")):
        assert (await awa.request(method, path)).json()["code"] == "cart_not_found"
    assert (await awa.post(f"{cart}/lines", json={"name": "Wax"})).status_code == 404
    assert (await awa.post("/v1/carts", json={})).status_code == 201


async def test_a_stale_version_is_refused(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    line = await put(url=BAZIN)
    old, now = {"If-Match": '"1"'}, {"If-Match": '"2"'}
    path = f"{cart}/lines/{line['id']}"
    asked: list[tuple[str, str, Any]] = [
        ("POST", f"{cart}/lines", {"name": "Wax", "url": WAX}),
        ("PATCH", path, {"quantity": 2}),
        ("DELETE", path, None),
        ("POST", f"{cart}/validate", None),
        ("DELETE", cart, None),
    ]
    for method, where, body in asked:
        refused = await awa.request(method, where, json=body, headers=old)
        assert (refused.status_code, refused.json()["version"]) == (412, 2), where
    added = await awa.post(f"{cart}/lines", json={"name": "Wax", "url": WAX}, headers=now)
    assert (added.status_code, added.headers["ETag"]) == (201, '"3"')


async def test_a_cart_is_its_accounts_alone(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, join: Any, cart: str, put: Put
) -> None:
    line = await put(url=BAZIN)
    chloe = await join("chloe", "support")
    nothing = f"/v1/carts/{show_id('crt', new_id())}"
    for stranger in (bruno, chloe):
        for method, below, body in (
            ("GET", "", None),
            ("DELETE", "", None),
            ("POST", "/lines", {"name": "Wax"}),
            ("PATCH", f"/lines/{line['id']}", {"quantity": 2}),
            ("DELETE", f"/lines/{line['id']}", None),
            ("POST", "/validate", None),
        ):
            foreign = await stranger.request(method, f"{cart}{below}", json=body)
            absent = await stranger.request(method, f"{nothing}{below}", json=body)
            assert foreign.status_code == absent.status_code == 404
            assert foreign.json() | {"request_id": ""} == absent.json() | {"request_id": ""}
        assert (await stranger.get("/v1/carts")).json()["data"] == []


async def test_a_full_cart(awa: httpx.AsyncClient, cart: str, hub: Database, put: Put) -> None:
    for number in range(100):
        await put(f"Article {number}", url=f"{BAZIN}/{number}")
    refused = await awa.post(f"{cart}/lines", json={"name": "Un de trop", "url": BAZIN})
    assert (refused.status_code, refused.json()["code"], refused.json()["most"]) == (409, "limit_reached", 100)
    lines = (await awa.get(cart)).json()["lines"]
    assert [line["name"] for line in lines] == [f"Article {number}" for number in range(100)]
    assert (await awa.delete(f"{cart}/lines/{lines[50]['id']}")).status_code == 204
    await put("Une place", url=BAZIN)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "Wax", "quantity": 0}, "/quantity"),
        ({"name": "Wax", "quantity": 1001}, "/quantity"),
        ({"name": "Wax", "quantity": "2"}, "/quantity"),
        ({"name": "Wax", "url": "robe d’été"}, "/url"),
        ({"name": "Wax", "url": "ftp://wax-de-paris.example/"}, "/url"),
        ({"name": "Wax", "url": f"{WAX}/{'é' * 2000}"}, "/url"),
        ({"name": "Wax", "shop_id": "shp_nothing"}, "/shop_id"),
        ({"name": "Wax", "price": 5}, "/price"),
    ],
)
async def test_what_no_line_can_be(awa: httpx.AsyncClient, cart: str, body: Any, pointer: str) -> None:
    for answer in (
        await awa.post(f"{cart}/lines", json=body),
        await awa.patch(f"{cart}/lines/{show_id('lin', new_id())}", json=body) if body else None,
    ):
        if answer is not None:
            assert answer.status_code == 422
            assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await awa.get(cart)).json()["version"] == 1


def _same(document: Any, schema: type[BaseModel]) -> None:
    """The schema knows every member, and nothing is lost or added on the way through it."""
    assert schema.model_validate(document).model_dump(mode="json") == document


async def test_the_documents_are_as_the_schemas_say(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    for line in (
        await put(url=BAZIN, quantity=2, note="Foncé"),
        await put(url=BAZIN, note="Foncé"),
        await put("Table", url=NOWHERE),
        await put("Rien de plus"),
        await put("Wax", url=WAX),
    ):
        _same(line, CartLineOut)
    _same((await awa.get(cart)).json(), CartOut)
    _same((await awa.post("/v1/carts", json={})).json(), CartOut)
    _same((await awa.post(f"{cart}/validate")).json(), CartVerdictOut)
    _same((await awa.get("/v1/carts")).json()["data"][0], CartSummaryOut)


async def test_words_follow_the_language(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    await put("Table", url=NOWHERE)
    seen = {
        (document["label"], document["lines"][0]["findings"][0]["message"])
        for document in [
            (await awa.get(cart, headers={"Accept-Language": language})).json() for language in ("fr", "en")
        ]
    }
    assert seen == {
        ("En préparation", "Cette adresse n’est celle d’aucune boutique partenaire."),
        ("Being prepared", "This address is not on the site of any partner shop."),
    }


async def test_an_account_that_signed_out_reaches_no_cart(app: FastAPI, awa: httpx.AsyncClient, cart: str) -> None:
    assert (await awa.post("/v1/auth/logout")).status_code == 204
    for answer in (await awa.get(cart), await awa.post(f"{cart}/lines", json={"name": "Wax"})):
        assert answer.status_code == 401
