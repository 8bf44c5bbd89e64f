"""What was promised is kept where something is left out, comes late, or costs more than it did."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.lives.hub import Hub
from tests.lives.world import Person, World

DAY = timedelta(days=1)


async def arrived(hub: Hub) -> Any:
    """Goods of 40.00, a commission of 5.00 before tax, freight of 7.00: accepted, paid in advance, here."""
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    lines = [
        {"id": line["id"], "unit_price": hub.money(price)}
        for line, price in zip(quote["lines"], (1_500, 1_000), strict=True)
    ]
    fees = [{"label": "Commission", "amount": hub.money(500), "tax_basis_points": 2000}]
    freight = {"basis": "flat", "amount": hub.money(700)}
    quote = await hub.issue(quote, lines=lines, fees=fees, freight=freight)
    order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
    order = await hub.proven(order)
    order = await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])
    bought = [{"line_id": line["id"], "supplier_reference": "CMD-1"} for line in order["sourcing"]["lines"]]
    await hub.chloe.do(order["id"], "purchase", lines=bought)
    counted = [{"line_id": line["id"], "counted": line["quantity"]} for line in order["sourcing"]["lines"]]
    return await hub.chloe.do(order["id"], "receive", lines=counted)


async def test_a_final_invoice_asks_for_what_was_accepted_where_it_says_nothing_else(hub: Hub) -> None:
    order = await arrived(hub)
    invoiced = await hub.farid.do(order["id"], "issue_final_invoice")
    assert invoiced["total"] == hub.money(5_300)
    assert (invoiced["sourcing"]["fees_total"], invoiced["sourcing"]["freight_total"]) == (
        hub.money(500),
        hub.money(700),
    )


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ({"waive": ["fees"]}, 4_700),
        ({"waive": ["freight"]}, 4_600),
        ({"waive": ["fees", "freight"]}, 4_000),
        ({"waive": ["fees"], "freight": {"basis": "flat", "amount": {"amount": 900, "currency": "EUR"}}}, 4_900),
    ],
)
async def test_what_is_not_asked_for_after_all_is_waived_in_words(hub: Hub, said: dict[str, Any], total: int) -> None:
    order = await arrived(hub)
    assert (await hub.farid.do(order["id"], "issue_final_invoice", **said))["total"] == hub.money(total)


async def test_what_is_sent_is_not_waived(hub: Hub) -> None:
    order = await arrived(hub)
    freight = {"basis": "flat", "amount": hub.money(900)}
    refused = await hub.farid.do(order["id"], "issue_final_invoice", 422, freight=freight, waive=["freight"])
    assert refused["errors"][0]["code"] == "waived_and_sent"
    assert (await hub.farid.do(order["id"], "issue_final_invoice", 422, fees=[]))["errors"][0]["pointer"] == "/fees"


async def test_nothing_that_never_came_is_handed_over(hub: Hub) -> None:
    order = await hub.confirmed()
    lines = [line["id"] for line in order["sourcing"]["lines"]]
    await hub.chloe.do(
        order["id"], "purchase", lines=[{"line_id": line, "supplier_reference": "CMD-1"} for line in lines]
    )
    nothing = [{"line_id": line, "counted": 0} for line in lines]
    refused = await hub.chloe.do(order["id"], "receive", 422, lines=nothing)
    assert refused["errors"][0]["code"] == "nothing_arrived"
    one = [{"line_id": line, "counted": place} for place, line in enumerate(lines)]
    assert (await hub.chloe.do(order["id"], "receive", lines=one))["status"] == "arrived"


async def test_a_validity_of_nothing_is_refused(hub: Hub) -> None:
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    draft = await hub.draft(quote, valid_for="PT0S")
    refused = await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", 422, json=draft)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("proforma_dates", "/valid_for")


async def test_no_purchase_is_promised_within_the_validity(hub: Hub) -> None:
    quote = await hub.requested()
    await hub.on_quote(hub.chloe, quote, "take")
    draft = await hub.draft(quote)
    soon = (date.fromisoformat(draft["purchase_by"]) - 6 * DAY).isoformat()
    draft |= {"purchase_by": soon, "arrive_by": soon}
    refused = await hub.chloe.ask("POST", f"/quotes/{quote['id']}/versions", 422, json=draft)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("proforma_dates", "/purchase_by")
    await hub.issue(quote, purchase_by=soon, arrive_by=soon, valid_for="P1D")


async def test_a_deposit_that_comes_after_the_validity_moves_what_was_promised(hub: Hub) -> None:
    quote = await hub.issued()
    await hub.world.advance(6 * DAY)
    order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
    promised = {name: datetime.fromisoformat(order["sourcing"][name]) for name in ("purchase_by", "arrive_by")}
    order = await hub.proven(order)
    await hub.world.advance(20 * DAY)
    order = await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])
    moved = {name: datetime.fromisoformat(order["sourcing"][name]) - at for name, at in promised.items()}
    assert moved == {"purchase_by": 19 * DAY, "arrive_by": 19 * DAY}
    assert (order["late"], order["due_at"]) == (False, order["sourcing"]["arrive_by"])
    assert (await hub.awa.do(order["id"], "cancel", 409))["guard"] == "purchase_not_late"


async def test_a_service_is_bought_at_the_price_that_was_looked_at(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno)
    seen = {"amount": 15_000, "currency": "EUR"}
    wanted = {"kind": "service", "listing_id": listing_id, "options": [option_id], "expected_total": seen}
    await bruno.ask("PATCH", f"/listings/{listing_id}", json={"price": {"amount": 14_000, "currency": "EUR"}})
    refused = await awa.ask("POST", "/orders", 409, json=wanted)
    assert (refused["code"], refused["price"]) == ("price_changed", {"amount": 17_000, "currency": "EUR"})
    bought = await awa.ask("POST", "/orders", 201, json=wanted | {"expected_total": refused["price"]})
    assert bought["total"] == refused["price"]


async def test_an_extra_is_added_at_the_price_that_was_looked_at(world: World, awa: Person, bruno: Person) -> None:
    listing_id, option_id = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    await bruno.do(order["id"], "accept")
    seen = {"amount": 2_000, "currency": "EUR"}
    refused = await awa.do(order["id"], "add_extra", 409, option_id=option_id, expected_price=seen)
    assert (refused["code"], refused["price"]) == ("price_changed", {"amount": 3_000, "currency": "EUR"})
    await awa.do(order["id"], "add_extra", option_id=option_id, expected_price=refused["price"])
