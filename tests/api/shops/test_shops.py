"""Chloé takes a shop in, Salif edits it, everybody looks at it."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from orderhub.kit.ids import new_id, show_id
from tests.api.conftest import Join

BAZIN: dict[str, Any] = {"name": "Le Bazin", "country": "SN", "currency": "XOF"}


async def open_shop(staff: httpx.AsyncClient, name: str, **parts: Any) -> dict[str, Any]:
    answer = await staff.post("/v1/shops", json=BAZIN | {"name": name} | parts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def names(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await client.get("/v1/shops", params=asked)
    assert answer.status_code == 200, answer.text
    return [shop["name"] for shop in answer.json()["data"]]


async def upload_logo(client: httpx.AsyncClient) -> str:
    picture = BytesIO()
    Image.new("RGB", (40, 40), "#6d597a").save(picture, "PNG")
    answer = await client.post("/v1/files", files={"file": ("logo.png", picture.getvalue())}, data={"purpose": "photo"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def test_a_shop_is_shown_whole(shop: dict[str, Any], client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/shops/{shop['id']}")

    assert answer.json() == shop
    assert answer.headers["etag"].startswith('"1-')
    assert {name: shop[name] for name in ("name", "country", "currency", "active", "logo", "version")} == {
        "name": "La Maison du Bazin",
        "country": "SN",
        "currency": "XOF",
        "active": True,
        "logo": None,
        "version": 1,
    }
    assert shop["sites"] == [{"host": "bazin.example", "url": "https://www.bazin.example/boutique"}]
    assert shop["categories"] == [{"code": "fabrics_haberdashery", "label": "Tissus et mercerie"}]
    assert (await client.get("/v1/shops")).json()["data"] == [shop]


async def test_only_support_and_admins_take_shops_in(
    join: Join, client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    assert (await client.post("/v1/shops", json=BAZIN)).status_code == 401
    for person in (salif, await join("felix", "finance")):
        assert (await person.post("/v1/shops", json=BAZIN)).status_code == 403
    assert (await (await join("ines", "admin")).post("/v1/shops", json=BAZIN)).status_code == 201


async def test_an_owner_edits(shop: dict[str, Any], salif: httpx.AsyncClient) -> None:
    path = f"/v1/shops/{shop['id']}"

    edited = await salif.patch(path, json={"name": "Le Bazin", "categories": ["fashion"]}, headers={"If-Match": '"1"'})
    assert (edited.status_code, edited.headers["etag"]) == (200, '"2"')
    assert edited.json() == shop | {
        "name": "Le Bazin",
        "categories": [{"code": "fashion", "label": "Mode et vêtements"}],
        "version": 2,
        "updated_at": edited.json()["updated_at"],
    }
    stale = await salif.patch(path, json={"name": "Le Wax"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "shop_stale")


async def test_somebody_elses_shop(shop: dict[str, Any], chloe: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    hidden, absent = await open_shop(chloe, "Cachée", active=False), show_id("shp", new_id())

    answers = [
        await awa.patch(f"/v1/shops/{one}", json={"name": "À moi"}) for one in (shop["id"], hidden["id"], absent)
    ]
    assert [answer.status_code for answer in answers] == [403, 404, 404]
    assert answers[1].json() | {"request_id": ""} == answers[2].json() | {"request_id": ""}
    assert (await awa.get(f"/v1/shops/{hidden['id']}")).status_code == 404


async def test_a_shop_that_is_not_active(
    shop: dict[str, Any], chloe: httpx.AsyncClient, salif: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    path = f"/v1/shops/{shop['id']}"
    assert (await salif.patch(path, json={"active": False})).json()["active"] is False

    assert (await client.get(path)).status_code == 404
    assert await names(client) == await names(chloe) == []
    assert await names(chloe, active="false") == ["La Maison du Bazin"]
    assert (await client.get("/v1/shops", params={"active": "false"})).status_code == 401
    assert (await salif.get("/v1/shops", params={"active": "false"})).status_code == 403
    mine = (await salif.get("/v1/me/shops")).json()["data"]
    assert [(found["id"], found["role"], found["active"]) for found in mine] == [(shop["id"], "owner", False)]
    assert (await chloe.get("/v1/me/shops")).json()["data"] == []
    assert (await chloe.patch(path, json={"active": True})).status_code == 200
    assert (await client.get(path)).status_code == 200


async def test_search(chloe: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    await open_shop(chloe, "Épicerie de Carthage", country="TN", currency="TND", categories=["groceries"])
    await open_shop(chloe, "L’Horloger de Genève", country="CH", currency="CHF", sites=["https://horloger.example"])

    assert await names(client, q="epicerie") == ["Épicerie de Carthage"]
    assert await names(client, q="horloger.example") == ["L’Horloger de Genève"]
    assert await names(client, country="CH") == ["L’Horloger de Genève"]
    assert await names(client, category="groceries") == ["Épicerie de Carthage"]
    assert await names(client, q="bazin") == []


async def test_pages(chloe: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    for number in range(3):
        await open_shop(chloe, f"Boutique {number}")

    first = (await client.get("/v1/shops", params={"limit": 2})).json()
    rest = (await client.get("/v1/shops", params={"limit": 2, "cursor": first["next_cursor"]})).json()

    shown = [shop["name"] for page in (first, rest) for shop in page["data"]]
    assert (shown, rest["next_cursor"]) == (["Boutique 2", "Boutique 1", "Boutique 0"], None)


async def test_a_site_of_another_shop(shop: dict[str, Any], chloe: httpx.AsyncClient) -> None:
    body = BAZIN | {"sites": ["https://wax.example", "http://bazin.example/autre"]}

    refused = await chloe.post("/v1/shops", json=body)
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["host"]) == (409, "shop_site_taken", "bazin.example")
    assert problem["shop"] == {"id": shop["id"], "name": shop["name"]}
    assert [place["pointer"] for place in problem["errors"]] == ["/sites/1"]

    await chloe.patch(f"/v1/shops/{shop['id']}", json={"active": False})
    hidden = (await chloe.post("/v1/shops", json=body)).json()
    assert (hidden["code"], hidden["host"]) == ("shop_site_taken", "bazin.example")
    assert shop["id"] not in str(hidden)
    assert shop["name"] not in str(hidden)
    assert len((await chloe.get("/v1/shops", params={"active": "false"})).json()["data"]) == 1


async def test_a_logo_is_shown_to_everybody(
    shop: dict[str, Any], salif: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    path, logo = f"/v1/shops/{shop['id']}", await upload_logo(salif)
    assert (await client.get(f"/v1/files/{logo}")).status_code == 404

    foreign = await chloe.patch(path, json={"logo_file_id": logo})
    assert (foreign.status_code, foreign.json()["code"]) == (422, "file_unusable")
    given = (await salif.patch(path, json={"logo_file_id": logo})).json()
    assert given["logo"]["id"] == logo
    link = httpx.URL(given["logo"]["url"])
    shown = await client.get(link.path, params=link.params)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert (await client.get(f"/v1/files/{logo}")).status_code == 200
    assert (await salif.patch(path, json={"logo_file_id": None})).json()["logo"] is None
    assert (await client.get(f"/v1/files/{logo}")).status_code == 404


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"name": None}, "/name"),
        ({"name": "x" * 121}, "/name"),
        ({"description": "x" * 5001}, "/description"),
        ({"country": "sn"}, "/country"),
        ({"country": "XX"}, "/country"),
        ({"currency": "FCFA"}, "/currency"),
        ({"sites": "https://wax.example"}, "/sites"),
        ({"sites": ["wax"]}, "/sites/0"),
        ({"sites": ["https://wax.example", "https://wax.example/en"]}, "/sites/1"),
        ({"sites": ["https://myshopify.com"]}, "/sites/0"),
        ({"sites": [f"https://wax{number}.example" for number in range(21)]}, "/sites"),
        ({"categories": ["plumbing"]}, "/categories/0"),
        ({"active": "yes"}, "/active"),
        ({"logo_file_id": "logo.png"}, "/logo_file_id"),
        ({"version": 3}, "/version"),
        ({"role": "owner"}, "/role"),
    ],
)
async def test_what_is_wrong_is_pointed_at(chloe: httpx.AsyncClient, parts: dict[str, Any], pointer: str) -> None:
    answer = await chloe.post("/v1/shops", json=BAZIN | parts)

    assert answer.status_code == 422, answer.text
    assert [place["pointer"] for place in answer.json()["errors"]] == [pointer]


async def test_a_shop_is_created_once_per_key(chloe: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "bazin-1"}

    first = await chloe.post("/v1/shops", json=BAZIN, headers=key)
    again = await chloe.post("/v1/shops", json=BAZIN, headers=key)

    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert await names(chloe) == ["Le Bazin"]


async def test_categories_speak_both_languages(client: httpx.AsyncClient) -> None:
    french = (await client.get("/v1/shop-categories")).json()["data"]
    english = (await client.get("/v1/shop-categories", headers={"Accept-Language": "en"})).json()["data"]

    assert french[0] == {"code": "fashion", "label": "Mode et vêtements"}
    assert english[0] == {"code": "fashion", "label": "Fashion and clothing"}
    assert [found["code"] for found in french] == [found["code"] for found in english]
