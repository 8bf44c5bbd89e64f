"""What an item would cost, asked before it is bought: the same that placing the order charges."""

from typing import Any

import httpx
import pytest

from orderhub.kit.ids import new_id, show_id
from tests.api.catalog.test_items import sell
from tests.api.catalog.test_listings import offer
from tests.kinds.item import commands
from tests.making.items import ITEM

ADDRESS = {name: value for name, value in commands.ADDRESS.items() if value is not None}
KEY = {"Idempotency-Key": "apercu"}


async def preview(reader: httpx.AsyncClient, listing: dict[str, Any], **body: Any) -> httpx.Response:
    return await reader.post(f"/v1/listings/{listing['id']}/preview", json=body)


async def refused(
    reader: httpx.AsyncClient, listing: dict[str, Any], **body: Any
) -> tuple[int, str | None, str | None]:
    answer = await preview(reader, listing, **body)
    [place] = answer.json().get("errors") or [{"pointer": None, "code": answer.json()["code"]}]
    return answer.status_code, place["code"], place["pointer"]


async def test_an_item_costs_what_its_order_will(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    first, second = await sell(bruno), await sell(bruno, title="Jupe", parcel_size="medium")

    alone = (await preview(client, first, country="FR")).json()
    both = (await preview(awa, first, country="FR", listing_ids=[second["id"]])).json()

    price = ITEM["price"]["amount"]
    assert (alone["kind"], alone["country"], alone["parcel_size"]) == ("item", "FR", ITEM["parcel_size"])
    assert [line["listing_id"] for line in both["items"]] == [first["id"], second["id"]]
    assert (alone["price"]["amount"], both["price"]["amount"]) == (price, 2 * price)
    for found in (alone, both):
        parts = ("price", "shipping", "protection")
        assert found["total"]["amount"] == sum(found[part]["amount"] for part in parts)
        assert "due_at" not in found
    body = {"kind": "item", "listing_ids": [first["id"], second["id"]], "address": ADDRESS}
    placed = await awa.post("/v1/orders", json=body | {"expected_total": both["total"]}, headers=KEY)
    assert placed.status_code == 201, placed.text
    order = placed.json()
    assert {name: order["item"][name] for name in ("price", "shipping", "protection")} == {
        name: both[name] for name in ("price", "shipping", "protection")
    }
    assert order["total"] == both["total"]


async def test_where_it_goes(bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    listing = await sell(bruno)
    assert (await preview(awa, listing)).json()["country"] == (await awa.get("/v1/me")).json()["country"]
    assert await refused(client, listing) == (422, "missing", "/country")

    first = (await awa.post("/v1/me/addresses", json=ADDRESS)).json()
    far = {"name": "Awa", "line1": "Cocody, rue des Jardins", "city": "Abidjan", "country": "CI", "phone": "0707123456"}
    answer = await awa.post("/v1/me/addresses", json=far | {"is_default": True})
    assert (first["country"], answer.status_code) == ("FR", 201), answer.text
    near, away = (await preview(awa, listing, address_id=first["id"])).json(), (await preview(awa, listing)).json()
    assert (near["country"], away["country"]) == ("FR", "CI")
    assert near["shipping"]["amount"] < away["shipping"]["amount"]

    absent = show_id("adr", new_id())
    assert (await refused(bruno, listing, address_id=first["id"]))[:2] == (404, "address_not_found")
    assert (await refused(client, listing, address_id=absent))[:2] == (401, "unauthenticated")
    both = await refused(awa, listing, country="FR", address_id=first["id"])
    assert both == (422, "too_many", "/address_id")


async def test_an_accepted_offer_is_the_price(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    listing, other = await sell(bruno, takes_offers=True), await sell(bruno)
    less = {"amount": ITEM["price"]["amount"] - 300, "currency": "EUR"}
    made = (await awa.post(f"/v1/listings/{listing['id']}/offers", json={"amount": less})).json()["data"][0]
    assert (await refused(awa, listing, country="FR", offer_id=made["id"]))[:2] == (409, "offer_not_usable")

    accepted = await bruno.post(
        f"/v1/offers/{made['id']}/transitions", json={"action": "accept", "amount": less}, headers=KEY
    )
    assert accepted.status_code == 200, accepted.text
    for reader, about, besides in ((bruno, listing, []), (awa, other, []), (awa, listing, [other["id"]])):
        found = await refused(reader, about, country="FR", offer_id=made["id"], listing_ids=besides)
        assert found[:2] == (409, "offer_not_usable")

    in_francs = {"price": {"amount": 15_000, "currency": "XOF"}}
    assert (await bruno.patch(f"/v1/listings/{listing['id']}", json=in_francs)).status_code == 200
    assert (await preview(awa, listing, country="FR", offer_id=made["id"])).json()["price"] == less


async def test_what_is_refused(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    service, item, hers = await offer(bruno), await sell(bruno), await sell(awa)
    draft = (await bruno.post("/v1/listings", json={"kind": "item", "title": "Veste"})).json()

    assert await refused(awa, service, country="FR") == (422, "not_of_kind", "/country")
    assert await refused(awa, item, options=[show_id("opt", new_id())]) == (422, "not_of_kind", "/options")
    for besides in ([hers["id"]], [service["id"]], [item["id"]], [show_id("lst", new_id())]):
        assert await refused(awa, item, country="FR", listing_ids=besides) == (422, "not_along", "/listing_ids/0")
    twice = [(await sell(bruno))["id"]] * 2
    assert await refused(awa, item, country="FR", listing_ids=twice) == (422, "not_along", "/listing_ids/1")
    assert (await preview(bruno, draft, country="FR")).json()["code"] == "listing_incomplete"
    assert (await refused(awa, item, country="JP"))[1] == "not_shipped_there"


@pytest.mark.parametrize(("count", "code"), [(19, "not_along"), (20, "too_long")])
async def test_twenty_items_at_most(bruno: httpx.AsyncClient, count: int, code: str) -> None:
    item = await sell(bruno)
    found = await preview(bruno, item, country="FR", listing_ids=[show_id("lst", new_id()) for _ in range(count)])
    assert (found.status_code, found.json()["errors"][0]["code"]) == (422, code)
