"""What is said of each line: the page's shop, a page of no partner shop, a shop that left, the same thing twice."""

import httpx
import pytest
from sqlalchemy import update

from orderhub.domain.shops.models import Shop, ShopSite
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.api.carts.conftest import BAZIN, GONE, NOWHERE, WAX, Put, codes


@pytest.mark.parametrize(
    ("url", "shop"),
    [
        (BAZIN, "bazin"),
        ("http://WWW.Maison-du-Bazin.Example:8080/indigo?taille=5#avis", "bazin"),
        ("https://fr.maison-du-bazin.example/indigo", "bazin"),
        ("https://outlet.maison-du-bazin.example/indigo", "outlet"),
        ("https://fr.outlet.maison-du-bazin.example/indigo", "outlet"),
        (WAX, "wax"),
    ],
)
async def test_the_page_tells_the_shop(put: Put, shops: dict[str, str], url: str, shop: str) -> None:
    line = await put(url=url)
    assert (line["shop"]["id"], line["valid"], line["findings"]) == (shops[shop], True, [])


async def test_what_is_wrong_with_a_line(put: Put, shops: dict[str, str]) -> None:
    stranger = await put("Table", url=NOWHERE)
    assert (stranger["shop"], stranger["valid"], codes(stranger)) == (None, False, ["shop_unknown"])
    left = await put("Sac", url=GONE)
    assert (left["valid"], codes(left)) == (False, ["shop_unknown"])
    vague = await put("Quelque chose")
    assert (vague["valid"], codes(vague)) == (False, ["shop_missing"])
    elsewhere = await put("Table", url=f"{NOWHERE}/2", shop_id=shops["wax"])
    assert (elsewhere["shop"]["id"], codes(elsewhere)) == (shops["wax"], ["shop_unknown"])
    by_name = await put("Pagne sunset", shop_id=shops["wax"])
    assert (by_name["shop"]["name"], by_name["valid"], codes(by_name)) == ("Wax de Paris", True, ["url_missing"])
    assert [finding["blocking"] for finding in by_name["findings"]] == [False]


async def test_a_shop_that_can_not_be_the_lines(awa: httpx.AsyncClient, cart: str, shops: dict[str, str]) -> None:
    absent = show_id("shp", new_id())
    for body, code in (
        ({"shop_id": absent}, "shop_unknown"),
        ({"shop_id": shops["gone"]}, "shop_unknown"),
        ({"shop_id": shops["wax"], "url": BAZIN}, "shop_mismatch"),
        ({"shop_id": shops["bazin"], "url": "https://outlet.maison-du-bazin.example/"}, "shop_mismatch"),
    ):
        refused = await awa.post(f"{cart}/lines", json={"name": "Pagne", **body})
        (error,) = refused.json()["errors"]
        assert (refused.status_code, error["pointer"], error["code"]) == (422, "/shop_id", code)
    agreeing = await awa.post(f"{cart}/lines", json={"name": "Pagne", "shop_id": shops["wax"], "url": WAX})
    assert agreeing.json()["valid"]


async def test_the_same_thing_twice_is_pointed_out(awa: httpx.AsyncClient, cart: str, put: Put) -> None:
    first = await put("Bazin", url=BAZIN, note="Foncé")
    page = await put("Un autre nom", url=BAZIN, note="Foncé")
    name = await put("Bazin", url="https://maison-du-bazin.example/autre", note="Foncé")
    other_note = await put("Bazin", url=BAZIN, note="Clair")
    other_shop = await put("Bazin", url=WAX, note="Foncé")
    plain = await put("Bazin", url=BAZIN)
    both = await put("Un autre nom", url="https://maison-du-bazin.example/autre", note="Foncé")
    assert both["duplicate_of"] == page["id"]
    for line in (page, name):
        assert (line["duplicate_of"], codes(line), line["valid"]) == (first["id"], ["duplicate"], True)
    for line in (first, other_note, other_shop, plain):
        assert (line["duplicate_of"], codes(line)) == (None, [])
    lines = (await awa.get(cart)).json()["lines"]
    assert lines == [first, page, name, other_note, other_shop, plain, both]


async def test_lines_without_a_shop_are_the_same_by_page_only(put: Put) -> None:
    first = await put("Table", url=NOWHERE)
    named = await put("Table", url=f"{NOWHERE}/2")
    again = await put("Table", url=NOWHERE)
    assert (named["duplicate_of"], again["duplicate_of"]) == (None, first["id"])
    await put("Rien")
    assert codes(await put("Rien")) == ["shop_missing"]


async def test_the_directory_changes_while_a_cart_waits(
    awa: httpx.AsyncClient, cart: str, put: Put, hub: Database, shops: dict[str, str]
) -> None:
    table, bazin, pagne = await put("Table", url=NOWHERE), await put(url=BAZIN), await put(shop_id=shops["wax"])
    wax = parse_id("shp", shops["wax"])
    async with hub.session() as session:
        session.add(ShopSite(host="inconnu.example", shop_id=wax, url="https://inconnu.example"))
        await session.execute(update(Shop).where(Shop.name == "La Maison du Bazin").values(active=False))
    lines = {line["id"]: line for line in (await awa.get(cart)).json()["lines"]}
    assert (lines[table["id"]]["shop"]["id"], codes(lines[table["id"]])) == (shops["wax"], [])
    assert (lines[bazin["id"]]["valid"], codes(lines[bazin["id"]])) == (False, ["shop_inactive"])
    assert lines[bazin["id"]]["shop"]["name"] == "La Maison du Bazin"
    async with hub.session() as session:
        await session.execute(update(Shop).where(Shop.id == wax).values(active=False))
    lines = {line["id"]: line for line in (await awa.get(cart)).json()["lines"]}
    assert codes(lines[pagne["id"]]) == ["shop_inactive"]
    assert codes(lines[table["id"]]) == ["shop_unknown"]


async def test_another_page_tells_the_shop_anew(
    awa: httpx.AsyncClient, cart: str, put: Put, shops: dict[str, str]
) -> None:
    line = await put("Pagne", url=BAZIN)
    path = f"{cart}/lines/{line['id']}"

    async def change(**body: str | None) -> tuple[str | None, list[str]]:
        answer = await awa.patch(path, json=body)
        assert answer.status_code == 200, answer.text
        shop = answer.json()["shop"]
        return shop and shop["id"], codes(answer.json())

    assert await change(url=WAX) == (shops["wax"], [])
    assert await change(url=NOWHERE) == (None, ["shop_unknown"])
    assert await change(url=BAZIN) == (shops["bazin"], [])
    assert await change(url=None) == (shops["bazin"], ["url_missing"])
    assert await change(shop_id=shops["wax"]) == (shops["wax"], ["url_missing"])
    assert await change(shop_id=None) == (None, ["shop_missing"])
    assert await change(url=WAX, shop_id=shops["wax"], name="Pagne sunset") == (shops["wax"], [])
    for body in ({"shop_id": shops["bazin"]}, {"shop_id": shops["gone"]}, {"shop_id": show_id("shp", new_id())}):
        refused = await awa.patch(path, json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/shop_id")


async def test_validating(awa: httpx.AsyncClient, cart: str, put: Put, shops: dict[str, str]) -> None:
    async def verdict() -> tuple[bool, bool, list[str], list[list[str]]]:
        answer = await awa.post(f"{cart}/validate")
        found = answer.json()
        assert answer.headers["ETag"] == f'"{found["version"]}"'
        assert found["cart_id"] == cart.rpartition("/")[2]
        return found["valid"], found["can_be_requested"], codes(found), [codes(line) for line in found["lines"]]

    assert await verdict() == (False, False, ["cart_empty"], [])
    table = await put("Table", url=NOWHERE)
    assert await verdict() == (False, False, [], [["shop_unknown"]])
    await put(url=BAZIN)
    assert await verdict() == (False, True, [], [["shop_unknown"], []])
    await put(url=BAZIN)
    await put("Pagne", shop_id=shops["wax"])
    said = [["shop_unknown"], [], ["duplicate"], ["url_missing"]]
    assert await verdict() == (False, True, ["mixed_currencies"], said)
    await awa.delete(f"{cart}/lines/{table['id']}")
    before = (await awa.get(cart)).json()
    assert await verdict() == (True, True, ["mixed_currencies"], said[1:])
    assert (await awa.get(cart)).json() == before


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://maison-du-bazin.example/été", "https://maison-du-bazin.example/%C3%A9t%C3%A9"),
        ("Https://Maison-du-Bazin.Example/Indigo", "https://maison-du-bazin.example/Indigo"),
        (" https://maison-du-bazin.example/indigo", "https://maison-du-bazin.example/indigo"),
        ("www.maison-du-bazin.example/indigo", "https://www.maison-du-bazin.example/indigo"),
        ("https://maison-du-bazin.example/indigo?a=b|c", "https://maison-du-bazin.example/indigo?a=b%7Cc"),
        ("https://maison-du-bazin.example/" + "x" * 2468, "https://maison-du-bazin.example/" + "x" * 2468),
    ],
)
async def test_a_link_is_kept_however_it_was_copied(
    awa: httpx.AsyncClient, cart: str, put: Put, said: str, kept: str
) -> None:
    line = await put(url=said)
    assert (line["url"], line["shop"]["name"], line["valid"]) == (kept, "La Maison du Bazin", True)
    edited = await awa.patch(f"{cart}/lines/{line['id']}", json={"url": f"{said}&2"})
    assert edited.json()["url"] == f"{kept}&2"
    twin = await put("Un autre nom", url=f"{kept}&2")
    assert twin["duplicate_of"] == line["id"]
