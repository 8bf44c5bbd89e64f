"""What can be piled up on an order and on a quote: as many as the bound says, and one over."""

from typing import Any

from tests.lives.hub import ADDRESS, Hub
from tests.lives.world import DECLINES, Person, World
from tests.making.bounds import set_bounds

CENT = {"amount": 1, "currency": "EUR"}
PAYMENT = {"method": "card", "return_url": "https://boutique.example/retour"}


def refused(problem: Any, limit: str, most: int) -> bool:
    """Whether the refusal says the bound, the number and what to do, as the one for all of them."""
    found = (problem["code"], problem["limit"], problem["most"])
    return found == ("limit_reached", limit, most) and str(most) in problem["detail"]


async def started(world: World, awa: Person, bruno: Person, **bounds: int) -> tuple[Any, str]:
    """An order at work that began under these bounds, and an option of its listing."""
    await set_bounds(world.parts.database, **bounds)
    listing_id, option_id = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    return await bruno.do(order["id"], "accept"), option_id


async def test_unpaid_extras(world: World, awa: Person, bruno: Person) -> None:
    order, option = await started(world, awa, bruno, unpaid_extras=2)
    await set_bounds(world.parts.database, unpaid_extras=50)
    first = (await awa.do(order["id"], "add_extra", option_id=option))["pending"]["extras"][0]
    full = await awa.do(order["id"], "add_extra", option_id=option)
    assert "add_extra" not in full["available_actions"]
    assert "limit_reached" in [each["code"] for each in full["not_yet"] if each["action"] == "add_extra"]
    problem = await awa.do(order["id"], "add_extra", 409, option_id=option)
    assert refused(problem, "unpaid_extras", 2)
    assert "approve" not in problem["available_actions"]
    assert problem["current_status"] == "in_progress"
    await world.pay(awa, order["id"], extra_id=first["id"])
    await world.until(awa, order["id"], "in_progress")
    await world.settled()
    await awa.do(order["id"], "add_extra", option_id=option)


async def test_lines(world: World, awa: Person, bruno: Person) -> None:
    order, option = await started(world, awa, bruno, unpaid_extras=50, order_lines=30)
    for _ in range(29):
        order = await awa.do(order["id"], "add_extra", option_id=option)
    assert refused(await awa.do(order["id"], "add_extra", 409, option_id=option), "order_lines", 30)
    due = (await awa.ask("GET", f"/orders/{order['id']}/payments"))["due"]
    assert len(due) == len(order["pending"]["extras"]) == 29


async def test_part_refunds(world: World, awa: Person, bruno: Person) -> None:
    order, _ = await started(world, awa, bruno, part_refunds=2)
    for _ in range(2):
        await bruno.do(order["id"], "refund_part", amount=CENT)
    assert refused(await bruno.do(order["id"], "refund_part", 409, amount=CENT), "part_refunds", 2)
    assert len((await awa.ask("GET", f"/orders/{order['id']}/payments"))["refunds"]) == 2
    await bruno.do(order["id"], "cancel", reason="Rien ne va plus.")
    await world.settled()


async def test_reported_problems(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    order, _ = await started(world, awa, bruno, open_problems=2)
    for person in (awa, bruno):
        await person.do(order["id"], "report_problem", reason="Rien ne vient.")
    assert refused(await awa.do(order["id"], "report_problem", 409, reason="Encore."), "open_problems", 2)
    await chloe.do(order["id"], "close_case", resolution="C’est réglé.")
    await awa.do(order["id"], "report_problem", reason="Encore.")


async def test_changes_that_end_nothing(world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    order, _ = await started(world, awa, bruno, order_changes=100)
    while order["version"] < 99:
        await awa.do(order["id"], "request_cancellation")
        order = await awa.do(order["id"], "withdraw_cancellation")
    order = await awa.do(order["id"], "report_problem", reason="Rien ne vient.")
    assert order["version"] == 100
    assert refused(await awa.do(order["id"], "request_cancellation", 409), "order_changes", 100)
    assert refused(await bruno.do(order["id"], "deliver", 409, message="Voici."), "order_changes", 100)
    seen = await bruno.ask("GET", f"/orders/{order['id']}")
    assert seen["available_actions"] == ["cancel"]
    assert {each["code"] for each in seen["not_yet"]} >= {"limit_reached"}
    await chloe.do(order["id"], "close_case", resolution="C’est réglé.")
    assert (await bruno.do(order["id"], "cancel", reason="Assez."))["status"] == "cancelled"


async def test_open_payments(world: World, awa: Person, bruno: Person) -> None:
    await set_bounds(world.parts.database, open_payments=2)
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    path = f"/orders/{order['id']}/payments"
    await awa.ask("POST", path, 201, json=PAYMENT)
    payment = await awa.ask("POST", path, 201, json=PAYMENT)
    assert refused(await awa.ask("POST", path, 409, json=PAYMENT), "open_payments", 2)
    await world.confirm(payment, DECLINES)
    await world.settled()
    await awa.ask("POST", path, 201, json=PAYMENT)


async def test_payments(world: World, awa: Person, bruno: Person) -> None:
    await set_bounds(world.parts.database, payments=10)
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    path = f"/orders/{order['id']}/payments"
    for _ in range(10):
        await awa.ask("POST", path, 201, json=PAYMENT)
    assert refused(await awa.ask("POST", path, 409, json=PAYMENT), "payments", 10)
    assert len((await awa.ask("GET", path))["payments"]) == 10


async def test_quotes_under_way(hub: Hub) -> None:
    await set_bounds(hub.world.parts.database, quotes=1)
    quote = await hub.requested()
    cart = await hub.awa.ask("POST", "/carts", 201, json={})
    line = {"name": "Pagne", "url": "https://teranga.example/pagne", "quantity": 1}
    await hub.awa.ask("POST", f"/carts/{cart['id']}/lines", 201, json=line)
    wanted = {"accept_terms_version": 1, "address": ADDRESS}
    path = f"/carts/{cart['id']}/quote-request"
    assert refused(await hub.awa.ask("POST", path, 409, json=wanted), "quotes", 1)
    await hub.on_quote(hub.awa, quote, "cancel")
    await hub.awa.ask("POST", path, 201, json=wanted)


async def test_versions_of_a_proforma(hub: Hub) -> None:
    await set_bounds(hub.world.parts.database, quote_versions=1)
    quote = await hub.issued()
    await hub.on_quote(hub.awa, quote, "ask_changes", message="En rouge.")
    await hub.on_quote(hub.chloe, quote, "take")
    await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", json=await hub.draft(quote))
    problem = await hub.on_quote(hub.chloe, quote, "issue", 409)
    assert refused(problem, "quote_versions", 1)
    assert problem["available_actions"] == ["reject"]
