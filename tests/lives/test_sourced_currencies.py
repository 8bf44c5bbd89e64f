"""A purchase in each currency, from the cart to the hand-over: totals, what is due, the books."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from tests.kinds.sourced.played import SourcedPlayed
from tests.lives.aftermath import books, documents, ledger
from tests.lives.hub import Hub
from tests.lives.plays import Life
from tests.lives.world import Person

GOODS = 2 * 4_590 + 1_200
BY_CARD = """
-                 place                Awa       awaiting_deposit
awaiting_deposit  confirm_payment      provider  confirmed         card
confirmed         purchase             Chloé     purchased
purchased         ship_to_hub          Chloé     in_transit
in_transit        receive              Chloé     arrived
arrived           issue_final_invoice  Farid     awaiting_balance
awaiting_balance  submit_proof         Awa       balance_review
balance_review    record_part          Farid     awaiting_balance  3001
awaiting_balance  confirm_payment      provider  ready             wallet
ready             hand_over            Chloé     completed
"""


def rounded(amount: Decimal) -> int:
    """To the currency's minor unit, half to even."""
    return int(amount.to_integral_value(rounding=ROUND_HALF_EVEN))


SELDOM = [pytest.param(currency, marks=pytest.mark.slow) for currency in ("XAF", "EUR", "CHF")]
"""As many decimals as another that is always played."""


@pytest.mark.parametrize("currency", ["XOF", "TND", *SELDOM])
async def test_from_the_cart_to_the_hand_over(hub: Hub, bruno: Person, currency: str) -> None:
    hub.currency = currency
    played = SourcedPlayed(hub, bruno, Life(BY_CARD, settings={"deposit_percent": 33}))
    await played.play()
    tax = rounded(Decimal(GOODS) * 20 / 100)
    agreed = GOODS + tax + 900 + rounded(Decimal(1_850) * 1_000 / 1_000)
    total = GOODS + tax + 900 + 2_000
    order = played.order
    sourcing = order["sourcing"]
    assert sourcing["deposit"] == hub.money(rounded(Decimal(agreed) * 33 / 100))
    assert (sourcing["goods"], sourcing["tax_total"], sourcing["total"]) == tuple(map(hub.money, (GOODS, tax, total)))
    assert sourcing["invoice"]["balance"]["amount"] == total - sourcing["deposit"]["amount"]
    assert order["escrow"] == {name: hub.money(n) for name, n in (("held", 0), ("released", total), ("refunded", 0))}
    invoice, proforma = await documents(hub, order["id"])
    assert (invoice["total"], proforma["total"]) == (hub.money(total), hub.money(agreed))
    assert await ledger(hub, order["id"]) == books(currency, total)
    payments = (await hub.awa.ask("GET", f"/orders/{order['id']}/payments"))["payments"]
    assert {payment["amount"]["currency"] for payment in payments} == {currency}
    await hub.world.settled()


async def test_another_currency_is_refused_wherever_an_amount_is_said(hub: Hub) -> None:
    hub.currency = "XOF"
    order = await hub.ordered()
    hub.currency = "EUR"
    proven = {"file_id": await hub.receipt("un"), "amount": hub.money(100), "method": "transfer", "reference": "V 1"}
    refused = await hub.awa.do(order["id"], "submit_proof", 422, **proven)
    assert refused["errors"][0]["code"] == "currency_mismatch"
    hub.currency = "XOF"
    order = await hub.proven(order)
    hub.currency = "EUR"
    refused = await hub.confirm(order, "confirm_deposit", 10_000, expect=422)
    assert (refused["errors"][0]["pointer"], refused["errors"][0]["code"]) == (
        "/received/currency",
        "currency_mismatch",
    )
    hub.currency = "XOF"
    order = await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])
    change = {"line_id": order["sourcing"]["lines"][0]["id"], "reason": "Plus cher."}
    euros = {"amount": 5, "currency": "EUR"}
    refused = await hub.chloe.do(order["id"], "propose_change", 422, unit_price=euros, **change)
    assert refused["errors"][0]["pointer"] == "/unit_price/currency"
    await hub.world.settled()


async def test_a_total_that_cannot_be_asked_for_is_refused(hub: Hub) -> None:
    order = await hub.confirmed()
    change = {"line_id": order["sourcing"]["lines"][0]["id"], "reason": "Une erreur de saisie."}
    most = hub.money(1_000_000_000_000)
    refused = await hub.chloe.do(order["id"], "propose_change", 422, unit_price=most, quantity=2, **change)
    assert refused["code"] == "proforma_amount"
    seen = await hub.awa.ask("GET", f"/orders/{order['id']}")
    assert (seen["version"], seen["sourcing"]["change"]) == (order["version"], None)
    bought = [{"line_id": line["id"], "supplier_reference": "CMD"} for line in order["sourcing"]["lines"]]
    counted = [{"line_id": line["id"], "counted": line["quantity"]} for line in order["sourcing"]["lines"]]
    await hub.chloe.do(order["id"], "purchase", lines=bought)
    await hub.chloe.do(order["id"], "receive", lines=counted)
    fees = [{"label": "Frais", "amount": most}]
    refused = await hub.farid.do(order["id"], "issue_final_invoice", 422, fees=fees)
    assert refused["code"] == "proforma_amount"
    await hub.world.settled()
