"""What costs nothing is refused where a price enters; a balance of nothing needs no payment."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from orderhub.domain.catalog.models import Listing
from orderhub.kit.ids import parse_id
from tests.lives.hub import Hub
from tests.lives.world import Person, World

FREE: dict[str, Any] = {"amount": 0, "currency": "EUR"}
CENT: dict[str, Any] = {"amount": 1, "currency": "EUR"}
LOGO: dict[str, Any] = {
    "title": "Logo",
    "description": "Un logo vectoriel.",
    "category": "graphic_design",
    "days": 5,
    "state": "active",
}


async def made_free(world: World, listing_id: str) -> None:
    """As it may have been listed by an earlier version."""
    async with world.parts.database.session() as session:
        await session.execute(update(Listing).where(Listing.id == parse_id("lst", listing_id)).values(price=0))


async def test_a_listing_costs_something(bruno: Person) -> None:
    refused = await bruno.ask("POST", "/listings", 422, json=LOGO | {"price": FREE})
    assert refused["errors"][0]["pointer"] == "/price/amount"
    listing = await bruno.ask("POST", "/listings", 201, json=LOGO | {"price": CENT})
    await bruno.ask("PATCH", f"/listings/{listing['id']}", 422, json={"price": FREE})
    option = {"title": "Fichier source", "price": FREE, "days": 0}
    assert (await bruno.ask("POST", f"/listings/{listing['id']}/options", 201, json=option))["price"] == FREE


async def test_a_cent_is_paid_with_an_option_that_costs_nothing(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno, price=1)
    await bruno.ask("PATCH", f"/listings/{listing_id}/options/{option_id}", json={"price": FREE})
    order = await world.place(awa, listing_id, options=[option_id])
    assert order["total"] == CENT
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")


async def test_what_was_listed_for_nothing_is_not_sold(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno)
    placed = await world.place(awa, listing_id)
    await made_free(world, listing_id)
    wanted = {"kind": "service", "listing_id": listing_id}
    assert (await awa.ask("POST", "/orders", 409, json=wanted))["code"] == "listing_incomplete"
    assert (await awa.ask("POST", f"/listings/{listing_id}/preview", 409, json={}))["code"] == "listing_incomplete"
    assert (await bruno.ask("PATCH", f"/listings/{listing_id}", 409, json={"days": 6}))["code"] == "listing_incomplete"
    await bruno.ask("PATCH", f"/listings/{listing_id}", json={"price": CENT})
    assert (await awa.ask("GET", f"/orders/{placed['id']}"))["total"]["amount"] == 12_000
    assert (await world.place(awa, listing_id, options=[option_id]))["total"]["amount"] == 3_001


async def test_an_extra_costs_something(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    await bruno.do(order["id"], "accept")
    await bruno.ask("PATCH", f"/listings/{listing_id}/options/{option_id}", json={"price": FREE})
    refused = await awa.do(order["id"], "add_extra", 422, option_id=option_id)
    assert refused["errors"][0]["code"] == "option_free"
    await bruno.ask("PATCH", f"/listings/{listing_id}/options/{option_id}", json={"price": CENT})
    extra = (await awa.do(order["id"], "add_extra", option_id=option_id))["pending"]["extras"][0]
    await world.pay(awa, order["id"], extra_id=extra["id"])
    await world.settled()


async def test_a_proforma_costs_something(hub: Hub) -> None:
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    lines = [{"id": line["id"], "unit_price": FREE} for line in quote["lines"]]
    draft = await hub.draft(quote, lines=lines, fees=[], freight=None)
    refused = await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", 422, json=draft)
    assert refused["code"] == "proforma_amount"
    quote = await hub.issue(quote, lines=[lines[0], lines[1] | {"unit_price": CENT}], fees=[], freight=None)
    order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
    assert (order["total"], order["sourcing"]["due"]) == (CENT, CENT)
    order = await hub.proven(order)
    assert (await hub.confirm(order, "confirm_deposit", 1))["status"] == "confirmed"


async def test_a_balance_of_nothing_is_handed_over_without_a_payment(hub: Hub) -> None:
    order = await hub.arrived(deposit_percent=100)
    held = order["escrow"]["held"]
    assert held == order["total"]
    order = await hub.farid.do(order["id"], "issue_final_invoice")
    assert (order["status"], order["escrow"]["held"]) == ("ready", held)
    seen = await hub.awa.ask("GET", f"/orders/{order['id']}")
    assert (await hub.awa.ask("GET", f"/orders/{order['id']}/payments"))["due"] == []
    order = await hub.chloe.do(order["id"], "hand_over", code=seen["sourcing"]["pick_up"]["code"])
    assert (order["status"], order["escrow"]["released"]) == ("completed", held)
    await hub.world.settled()


async def free_and_dear(hub: Hub) -> Any:
    """A confirmed order of a line that costs nothing and one of 12.00, with neither fees nor freight."""
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    prices = (FREE, hub.money(1_200))
    lines = [{"id": line["id"], "unit_price": price} for line, price in zip(quote["lines"], prices, strict=True)]
    quote = await hub.issue(quote, lines=lines, fees=[], freight=None)
    order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
    order = await hub.proven(order)
    return await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])


@pytest.mark.parametrize("answered", ["declined", "lapsed"])
async def test_an_order_ends_with_the_last_line_that_costs_anything(hub: Hub, answered: str) -> None:
    order = await free_and_dear(hub)
    free, dear = (line["id"] for line in order["sourcing"]["lines"])
    made_free = {"line_id": dear, "unit_price": FREE, "reason": "Offert."}
    refused = await hub.chloe.do(order["id"], "propose_change", 422, **made_free)
    assert refused["code"] == "proforma_amount"
    await hub.chloe.do(order["id"], "propose_change", line_id=dear, unit_price=hub.money(1_300), reason="Plus cher.")
    if answered == "lapsed":
        await hub.world.advance(timedelta(days=3, seconds=1))
    else:
        await hub.awa.do(order["id"], "decline_change")
    order = await hub.awa.ask("GET", f"/orders/{order['id']}")
    assert (order["status"], order["escrow"]["held"]) == ("cancelled", FREE)
    assert free in [line["id"] for line in order["sourcing"]["lines"]]
    await hub.world.settled()


async def test_an_invoice_of_nothing_is_refused(hub: Hub) -> None:
    order = await free_and_dear(hub)
    lines = [line["id"] for line in order["sourcing"]["lines"]]
    await hub.chloe.do(
        order["id"], "purchase", lines=[{"line_id": line, "supplier_reference": "CMD-1"} for line in lines]
    )
    only_free = [{"line_id": line, "counted": 1 - place} for place, line in enumerate(lines)]
    refused = await hub.chloe.do(order["id"], "receive", 422, lines=only_free)
    assert refused["code"] == "proforma_amount"
    order = await hub.chloe.do(order["id"], "cancel", reason="Indisponible.")
    assert order["status"] == "cancelled"
    await hub.world.settled()
