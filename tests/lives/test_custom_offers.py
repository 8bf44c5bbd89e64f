"""Custom offers over HTTP: Bruno proposes in a conversation, Awa accepts, orders and pays; or adds it to what runs."""

from datetime import timedelta
from typing import Any

from tests.lives.world import Person, World

OFFERED = {"days": 3, "revisions": 1, "scope": "Une enseigne de 80 cm.\nPose non comprise."}


def euros(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


async def inquire(world: World, awa: Person, bruno: Person) -> str:
    """Awa asks about Bruno's service; the path of the offers in their conversation."""
    listing_id, _ = await world.listing(bruno)
    talk = await awa.ask("POST", "/conversations", 201, json={"listing_id": listing_id, "text": "Et une enseigne ?"})
    return f"/conversations/{talk['id']}/offers"


async def accepted(awa: Person, bruno: Person, path: str, **more: Any) -> Any:
    """An offer of 180 EUR that Awa accepted."""
    made = await bruno.ask("POST", path, 201, json={"amount": euros(18_000), **OFFERED, **more})
    body = {"action": "accept", "amount": euros(18_000)}
    return await awa.ask("POST", f"/offers/{made['id']}/transitions", json=body)


async def status_of(person: Person, offer: Any) -> tuple[str, str | None]:
    found = await person.ask("GET", f"/offers/{offer['id']}")
    return found["status"], found["order_id"]


async def test_an_accepted_offer_becomes_a_new_order(world: World, awa: Person, bruno: Person) -> None:
    path = await inquire(world, awa, bruno)
    offer = await accepted(awa, bruno, path)
    assert (offer["sort"], offer["follows"]["operation"], offer["scope"]) == ("custom", "place_order", OFFERED["scope"])
    assert offer["available_actions"] == []
    placing = {"kind": "service", "offer_id": offer["id"]}
    order = await awa.ask("POST", "/orders", 201, json=placing)
    assert (order["total"], order["days"], order["scope"]) == (euros(18_000), 3, OFFERED["scope"])
    assert (order["offer_id"], order["revisions"]["included"]) == (offer["id"], 1)
    assert await status_of(awa, offer) == ("accepted", order["id"])
    again = await awa.ask("POST", "/orders", 409, json=placing)
    assert again["code"] == "offer_not_usable"
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    assert await status_of(bruno, offer) == ("ordered", order["id"])
    await world.settled()


async def test_an_order_that_is_not_paid_gives_its_offer_back(world: World, awa: Person, bruno: Person) -> None:
    offer = await accepted(awa, bruno, await inquire(world, awa, bruno))
    order = await awa.ask("POST", "/orders", 201, json={"kind": "service", "offer_id": offer["id"]})
    await awa.do(order["id"], "cancel")
    assert await status_of(awa, offer) == ("accepted", None)
    second = await awa.ask("POST", "/orders", 201, json={"kind": "service", "offer_id": offer["id"]})
    await world.advance(timedelta(hours=25))
    assert (await awa.ask("GET", f"/orders/{second['id']}"))["status"] == "cancelled"
    assert await status_of(awa, offer) == ("lapsed", None)


async def test_an_accepted_offer_becomes_an_extra_of_a_running_order(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    path = f"/conversations/{order['conversation_id']}/offers"
    offer = await accepted(awa, bruno, path, for_order_id=order["id"])
    assert offer["follows"]["operation"] == "add_extra"
    unfit = await awa.ask("POST", "/orders", 409, json={"kind": "service", "offer_id": offer["id"]})
    assert unfit["code"] == "offer_not_usable"
    added = await awa.do(order["id"], "add_extra", offer_id=offer["id"])
    (extra,) = added["pending"]["extras"]
    assert (extra["title"], extra["price"], extra["days"]) == ("Une enseigne de 80 cm.", euros(18_000), 3)
    assert await status_of(bruno, offer) == ("accepted", order["id"])
    twice = await awa.do(order["id"], "add_extra", 409, offer_id=offer["id"])
    assert twice["code"] == "offer_not_usable"
    await world.pay(awa, order["id"], extra_id=extra["id"])
    await world.worker.drain()
    paid = await awa.ask("GET", f"/orders/{order['id']}")
    assert paid["total"] == euros(12_000 + 18_000)
    assert paid["escrow"]["held"] == euros(30_000)
    assert paid["due_at"] > added["due_at"]
    assert await status_of(awa, offer) == ("ordered", order["id"])
    await bruno.do(order["id"], "cancel", reason="Plus de vinyle.")
    await world.settled()


async def test_unpaid_extras_give_their_offers_back(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    path = f"/conversations/{order['conversation_id']}/offers"
    offers = [await accepted(awa, bruno, path, for_order_id=order["id"]) for _ in range(2)]
    for offer in offers:
        await awa.do(order["id"], "add_extra", offer_id=offer["id"])
    await bruno.do(order["id"], "deliver", message="Voici.")
    for offer in offers:
        assert await status_of(awa, offer) == ("accepted", None)
    await world.advance(timedelta(hours=25))
    for offer in offers:
        assert await status_of(awa, offer) == ("lapsed", None)


async def test_who_may_make_one_and_for_what(world: World, awa: Person, bruno: Person) -> None:
    path = await inquire(world, awa, bruno)
    body = {"amount": euros(18_000), **OFFERED}
    await awa.ask("POST", path, 403, json=body)
    await (await world.person("driss")).ask("POST", path, 404, json=body)
    dollars = {**body, "amount": {"amount": 18_000, "currency": "XOF"}}
    assert (await bruno.ask("POST", path, 422, json=dollars))["code"] == "currency_mismatch"
    foreign = await world.started_order(await world.person("binta"), await world.person("carl"))
    unfit = await bruno.ask("POST", path, 422, json={**body, "for_order_id": foreign["id"]})
    assert unfit["errors"][0]["pointer"] == "/for_order_id"
    made = await bruno.ask("POST", path, 201, json=body)
    counter = {"action": "counter", "amount": euros(15_000)}
    refused = await awa.ask("POST", f"/offers/{made['id']}/transitions", 409, json=counter)
    assert (refused["guard"], refused["available_actions"]) == ("custom_offer_stands", ["accept", "decline"])
    order = await awa.ask("POST", "/orders", 409, json={"kind": "service", "offer_id": made["id"]})
    assert order["code"] == "offer_not_usable"
    nothing = await awa.ask("POST", "/orders", 422, json={"kind": "service"})
    assert nothing["errors"][0]["code"] == "one_of"
