"""Items over HTTP: what placing refuses, bundles, accepted offers, and the code by which one is handed over."""

from datetime import timedelta
from typing import Any

from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.kinds.item.commands import ABROAD, ADDRESS, euros
from tests.kinds.item.played import said_of
from tests.lives.hub import Hub
from tests.lives.world import Person, World
from tests.making.items import new_item

HOME = said_of(ADDRESS)


async def on_sale(world: World, seller: Person, count: int = 1, **parts: Any) -> list[str]:
    listings = [new_item(seller.account_id, now=real_now(), **parts) for _ in range(count)]
    async with world.parts.database.session() as session:
        session.add_all(listings)
    return [show_id("lst", listing.id) for listing in listings]


async def buy(buyer: Person, ids: list[str], expect: int = 201, **more: Any) -> Any:
    return await buyer.ask(
        "POST", "/orders", expect, json={"kind": "item", "listing_ids": ids, "address": HOME, **more}
    )


async def paid(world: World, buyer: Person, order: Any) -> Any:
    await world.pay(buyer, order["id"])
    return await world.until(buyer, order["id"], "awaiting_shipment")


async def state_of(seller: Person, listing_id: str) -> str:
    return (await seller.ask("GET", f"/listings/{listing_id}"))["state"]


async def test_a_bundle_goes_in_one_parcel(world: World, awa: Person, bruno: Person) -> None:
    ids = await on_sale(world, bruno, 3)
    order = await buy(awa, ids)
    assert [line["id"] for line in order["lines"]] == [*ids, "shipping", "protection"]
    assert [line["title"] for line in order["lines"][3:]] == ["Envoi", "Protection de l’acheteur"]
    assert (order["title"], order["item"]["shipping"], order["item"]["protection"]) == (
        "Veste en jean + 2", euros(599), euros(445),
    )  # fmt: skip
    assert order["total"] == euros(7_500 + 599 + 445)
    await paid(world, awa, order)
    assert [await state_of(bruno, listing_id) for listing_id in ids] == ["sold"] * 3
    await bruno.do(order["id"], "cancel", reason="Introuvables.")
    assert [await state_of(bruno, listing_id) for listing_id in ids] == ["paused"] * 3
    await world.settled()


async def test_what_placing_refuses(hub: Hub, bruno: Person) -> None:
    world, awa = hub.world, hub.awa
    (mine,) = await on_sale(world, bruno)
    (of_ada,) = await on_sale(world, hub.ada)
    (closed,) = await on_sale(world, bruno, state="paused")
    assert (await buy(bruno, [mine], 409))["code"] == "listing_unavailable"
    assert (await buy(awa, [closed], 409))["code"] == "listing_unavailable"
    (error,) = (await buy(awa, [mine, of_ada], 422))["errors"]
    assert (error["pointer"], error["code"]) == ("/listing_ids/1", "other_seller")
    await buy(awa, [mine, mine], 422)
    await buy(awa, [], 422)
    await buy(awa, [mine] * 21, 422)
    changed = await buy(awa, [mine], 409, expected_total=euros(1))
    assert (changed["code"], changed["price"]) == ("price_changed", euros(3_094))
    missing = await awa.ask("POST", "/orders", 422, json={"kind": "item", "listing_ids": [mine]})
    assert missing["errors"][0]["code"] == "address_missing"
    assert await state_of(bruno, mine) == "active"


async def test_an_address_changes_for_the_same_price_and_no_other(world: World, awa: Person, bruno: Person) -> None:
    order = await paid(world, awa, await buy(awa, await on_sale(world, bruno)))
    seen = await bruno.ask("GET", f"/orders/{order['id']}")
    assert (seen["item"]["address"]["city"], seen["item"]["hand_over_code"]) == ("Paris", None)
    refused = await awa.do(order["id"], "change_address", 409, address=said_of(ABROAD))
    assert refused["guard"] == "shipping_price_differs"
    changed = await awa.do(order["id"], "change_address", address=HOME | {"city": "Lyon", "postcode": "69001"})
    assert changed["item"]["address"]["city"] == "Lyon"


async def test_where_the_buyer_lives_is_told_once_it_is_paid(world: World, awa: Person, bruno: Person) -> None:
    order = await buy(awa, await on_sale(world, bruno))
    seen = await bruno.ask("GET", f"/orders/{order['id']}")
    assert (seen["item"]["address"], order["item"]["address"]["city"]) == (None, "Paris")


async def test_a_code_is_tried_ten_times(world: World, awa: Person, bruno: Person) -> None:
    order = await paid(world, awa, await buy(awa, await on_sale(world, bruno)))
    for _ in range(10):
        wrong = await bruno.do(order["id"], "hand_over", 409, code="?")
        assert wrong["guard"] == "hand_over_code_wrong"
    code = order["item"]["hand_over_code"]
    assert (await bruno.do(order["id"], "hand_over", 409, code=code))["limit"] == "code_tries"
    await bruno.do(order["id"], "ship", carrier="colissimo", tracking_number="6A 1")


async def test_an_accepted_offer_is_the_price(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    (listing_id,) = await on_sale(world, bruno)
    offer, other = [await offered(buyer, listing_id, amount) for buyer, amount in ((awa, 2_000), (chloe, 1_900))]
    await bruno.ask("POST", f"/offers/{offer}/transitions", json={"action": "accept", "amount": euros(2_000)})
    order = await buy(awa, [listing_id], offer_id=offer)
    assert (order["item"]["price"], order["item"]["offer_id"], order["offer_id"]) == (euros(2_000), offer, offer)
    assert (await buy(chloe, [listing_id], 409))["code"] == "listing_reserved"
    await awa.do(order["id"], "cancel")
    order = await buy(awa, [listing_id], offer_id=offer)
    await paid(world, awa, order)
    statuses = [(await bruno.ask("GET", f"/offers/{each}"))["status"] for each in (offer, other)]
    assert statuses == ["ordered", "superseded"]
    await world.advance(timedelta(minutes=1))
    await world.settled()


async def test_an_accepted_offer_keeps_its_currency(world: World, awa: Person, bruno: Person) -> None:
    """The same number of another currency is worth a hundredth."""
    (listing_id,) = await on_sale(world, bruno)
    offer = await offered(awa, listing_id, 2_000)
    await bruno.ask("POST", f"/offers/{offer}/transitions", json={"action": "accept", "amount": euros(2_000)})
    await bruno.ask("PATCH", f"/listings/{listing_id}", json={"price": {"amount": 15_000, "currency": "XOF"}})
    order = await buy(awa, [listing_id], offer_id=offer)
    assert (order["item"]["price"], order["total"]["currency"]) == (euros(2_000), "EUR")
    assert order["lines"][0]["price"] == euros(2_000)


async def offered(buyer: Person, listing_id: str, amount: int) -> str:
    made = await buyer.ask("POST", f"/listings/{listing_id}/offers", 201, json={"amount": euros(amount)})
    return made["data"][0]["id"]
