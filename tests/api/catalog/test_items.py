"""Nadia sells a jacket over HTTP: what she sees of it, what others do, and what is refused."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from orderhub.domain.catalog.models import Listing
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.making.instants import NOON
from tests.making.items import ITEM
from tests.making.pictures import saved, scene
from tests.making.uploads import send

FLOORS = {
    "accept_from": {"amount": 2200, "currency": "EUR"},
    "decline_under": {"amount": 1500, "currency": "EUR"},
}


async def photo(seller: httpx.AsyncClient) -> str:
    answer = await send(seller, saved(scene(), "JPEG"), purpose="photo", name="veste.jpg")
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def sell(seller: httpx.AsyncClient, **parts: Any) -> dict[str, Any]:
    whole = ITEM | {"photo_ids": [await photo(seller)], "state": "active"} | parts
    answer = await seller.post("/v1/listings", json=whole)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def hold(database: Database, listing_id: str, **values: Any) -> None:
    """Let an order hold or buy an item, as placing and paying do."""
    async with database.session() as session:
        await session.execute(update(Listing).where(Listing.id == parse_id("lst", listing_id)).values(**values))


async def test_from_a_draft_to_an_item_on_show(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    draft = (await bruno.post("/v1/listings", json={"kind": "item", "title": "Veste"})).json()
    path = f"/v1/listings/{draft['id']}"
    assert (draft["condition"], draft["parcel_size"], draft["takes_offers"], draft["photos"]) == (None, None, False, [])
    assert "days" not in draft

    refused = await bruno.patch(path, json={"state": "active"})
    assert (refused.status_code, refused.json()["code"]) == (409, "listing_incomplete")
    assert [place["pointer"] for place in refused.json()["errors"]] == [
        "/description", "/category", "/price", "/condition", "/parcel_size", "/photo_ids",
    ]  # fmt: skip

    front, back = await photo(bruno), await photo(bruno)
    whole = {name: value for name, value in ITEM.items() if name != "kind"}
    shown = await bruno.patch(path, json=whole | {"photo_ids": [front, back], "state": "active"})
    assert (shown.status_code, shown.json()["state"]) == (200, "active"), shown.text
    assert [found["id"] for found in shown.json()["photos"]] == [front, back]

    read = (await client.get(path)).json()
    assert {name: read[name] for name in ("size", "brand", "colour", "condition", "parcel_size", "takes_offers")} == {
        name: ITEM[name] for name in ("size", "brand", "colour", "condition", "parcel_size", "takes_offers")
    }
    assert (read["reserved_until"], read["order_id"], read["is_favourite"], read["favourite_count"]) == (
        None, None, False, 0,
    )  # fmt: skip


async def test_floors_are_the_sellers_secret(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    made = await sell(bruno, **FLOORS)
    path = f"/v1/listings/{made['id']}"
    assert {name: made[name] for name in FLOORS} == FLOORS
    assert {name: (await bruno.get(path)).json()[name] for name in FLOORS} == FLOORS
    for other in (awa, client):
        assert {name: (await other.get(path)).json()[name] for name in FLOORS} == dict.fromkeys(FLOORS)

    cleared = await bruno.patch(path, json={"accept_from": None, "size": None})
    assert (cleared.json()["accept_from"], cleared.json()["size"]) == (None, None)
    assert cleared.json()["decline_under"] == FLOORS["decline_under"]


async def test_cards_of_items_and_of_services(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    made = await sell(bruno)

    [card] = (await client.get("/v1/listings")).json()["data"]
    assert card["photo"]["id"] == made["photos"][0]["id"]
    assert {name: card[name] for name in ("kind", "condition", "size", "brand", "takes_offers")} == {
        name: ITEM[name] for name in ("kind", "condition", "size", "brand", "takes_offers")
    }
    assert "days" not in card
    [own] = (await bruno.get("/v1/me/listings")).json()["data"]
    assert (own["state"], own["reserved_until"], own["order_id"]) == ("active", None, None)


async def test_a_reserved_item_can_be_seen_and_not_changed(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, database: Database
) -> None:
    listing_id, order_id = (await sell(bruno))["id"], new_id()
    path = f"/v1/listings/{listing_id}"
    await hold(database, listing_id, state="reserved", reserved_until=NOON + timedelta(minutes=15), order_id=order_id)

    for answer in (await bruno.patch(path, json={"price": ITEM["price"]}), await bruno.delete(path)):
        assert (answer.status_code, answer.json()["code"]) == (409, "listing_reserved")
        assert answer.json()["reserved_until"] == "2026-11-23T12:15:00Z"
    seen, own = (await client.get(path)).json(), (await bruno.get(path)).json()
    assert (seen["state"], seen["reserved_until"], seen["order_id"]) == ("reserved", "2026-11-23T12:15:00Z", None)
    assert own["order_id"] == show_id("ord", order_id)
    assert (await client.get("/v1/listings")).json()["data"] == []
    assert (await client.get(seen["photos"][0]["url"])).status_code == 200

    await hold(database, listing_id, state="sold")
    sold = await bruno.patch(path, json={"title": "Autre"})
    assert (sold.status_code, sold.json()["code"]) == (409, "listing_sold")
    assert (await client.get(path)).json()["reserved_until"] is None
    assert (await bruno.delete(path)).status_code == 204


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"days": 3}, "/days"),
        ({"questions": []}, "/questions"),
        ({"accepts_inquiries": False}, "/accepts_inquiries"),
        ({"category": "graphic_design"}, "/category"),
        ({"condition": "worn"}, "/condition"),
        ({"condition": None}, "/condition"),
        ({"parcel_size": "huge"}, "/parcel_size"),
        ({"size": ""}, "/size"),
        ({"size": "x" * 61}, "/size"),
        ({"brand": "appelez le 06 12 34 56 78"}, "/brand"),
        ({"takes_offers": "yes"}, "/takes_offers"),
        ({"accept_from": {"amount": 2501, "currency": "EUR"}}, "/accept_from"),
        ({"accept_from": {"amount": 0, "currency": "EUR"}}, "/accept_from/amount"),
        ({"accept_from": {"amount": 100, "currency": "XOF"}}, "/accept_from/currency"),
        ({"decline_under": 5}, "/decline_under"),
        ({"state": "sold"}, "/state"),
        ({"reserved_until": None}, "/reserved_until"),
        ({"photo_ids": ["fil_x"]}, "/photo_ids/0"),
    ],
)
async def test_what_is_wrong_is_pointed_at(bruno: httpx.AsyncClient, parts: Mapping[str, Any], pointer: str) -> None:
    answer = await bruno.post("/v1/listings", json={**ITEM, **parts})

    assert answer.status_code == 422, answer.text
    assert [place["pointer"] for place in answer.json()["errors"]] == [pointer]
    assert (await bruno.get("/v1/me/listings")).json()["data"] == []


async def test_an_edit_is_of_the_listings_own_kind(bruno: httpx.AsyncClient) -> None:
    item = f"/v1/listings/{(await sell(bruno))['id']}"
    service = (await bruno.post("/v1/listings", json={"title": "Retouches"})).json()
    for path, parts in ((item, {"days": 3}), (f"/v1/listings/{service['id']}", {"size": "38"})):
        answer = await bruno.patch(path, json=parts)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_of_kind"), answer.text
    assert (await bruno.patch(item, json={"size": "x" * 60})).status_code == 200


async def test_a_file_that_is_no_photo_is_no_photo(bruno: httpx.AsyncClient) -> None:
    uploaded = await send(bruno, b"Bonjour")
    answer = await bruno.post("/v1/listings", json=ITEM | {"photo_ids": [uploaded.json()["id"]]})
    assert (answer.status_code, answer.json()["code"]) == (422, "photo_unusable")
    assert answer.json()["errors"][0]["pointer"] == "/photo_ids/0"


async def test_an_item_has_no_options(bruno: httpx.AsyncClient) -> None:
    path = f"/v1/listings/{(await sell(bruno))['id']}/options"
    answer = await bruno.post(path, json={"title": "Ceinture", "price": ITEM["price"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_options")
    assert (await bruno.get(path)).json()["data"] == []
