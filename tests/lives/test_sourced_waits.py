"""Who is reminded of a sourced order and when, how long its clocks run, and who may rule on it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from orderhub.settings import Settings
from tests.lives.aftermath import ledger
from tests.lives.hub import Hub
from tests.lives.world import PAYS

DAY = timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As in production: whoever rules has not acted on the order before."""
    house = settings.house.model_copy(update={"rulings_by_others": True})
    return settings.model_copy(update={"house": house})


async def reminders(hub: Hub, order: Any) -> list[int]:
    """How many days after the order's last step its buyer was reminded, each time."""
    sql = "SELECT data, at FROM events WHERE topic = 'order.reminder' AND subject = :order ORDER BY at"
    async with hub.world.parts.database.session() as session:
        found = (await session.execute(text(sql), {"order": order["id"]})).all()
    since = datetime.fromisoformat(order["status_since"])
    assert all(one.data["waits_for"] == ["buyer"] for one in found)
    return [(one.at - since) // DAY for one in found if one.at > since]


async def test_reminded_three_times_before_it_is_escalated(hub: Hub) -> None:
    order = await hub.invoiced()
    for waited, expected in ((2, []), (1, [3]), (4, [3, 7]), (7, [3, 7, 14]), (15, [3, 7, 14])):
        await hub.world.advance(waited * DAY)
        assert await reminders(hub, order) == expected
    assert (await hub.awa.ask("GET", f"/orders/{order['id']}"))["status"] == "awaiting_balance"
    await hub.world.advance(DAY)
    escalated = await hub.awa.ask("GET", f"/orders/{order['id']}")
    assert (escalated["status"], escalated["stage"]) == ("disputed", "arrived")
    refused = await hub.awa.do(order["id"], "withdraw_dispute", 409)
    assert refused["guard"] == "not_dispute_opener"
    assert (await hub.awa.do(order["id"], "approve", 409))["guard"] == "something_due"
    resumed = await hub.ada.do(order["id"], "resume")
    assert resumed["status"] == "awaiting_balance"
    (deadline,) = resumed["deadlines"]
    left = datetime.fromisoformat(deadline["at"]) - datetime.fromisoformat(resumed["status_since"])
    assert (deadline["action"], left) == ("escalate", 30 * DAY)
    await hub.world.advance(3 * DAY)
    assert await reminders(hub, resumed) == [3]
    await hub.world.settled()


async def test_a_deposit_may_come_until_the_validity_ends_or_72_hours_pass(hub: Hub) -> None:
    quote = await hub.issued()
    await hub.world.advance(5 * DAY)
    order = await hub.on_quote(hub.awa, quote, "accept", 201, version=1)
    (deadline,) = order["deadlines"]
    assert datetime.fromisoformat(deadline["at"]) == datetime.fromisoformat(order["placed_at"]) + 3 * DAY
    early = await hub.ordered()
    (deadline,) = early["deadlines"]
    assert deadline["at"] == early["sourcing"]["valid_until"]
    await hub.world.advance(3 * DAY)
    assert (await hub.awa.ask("GET", f"/orders/{order['id']}"))["status"] == "cancelled"
    assert (await hub.awa.ask("GET", f"/orders/{early['id']}"))["status"] == "awaiting_deposit"
    await hub.world.settled()


async def test_a_dispute_stops_the_clocks_which_then_go_on(hub: Hub) -> None:
    order = await hub.invoiced()
    await hub.world.advance(10 * DAY)
    await hub.awa.do(order["id"], "open_dispute", reason="Il manque une boîte.")
    await hub.world.advance(60 * DAY)
    resumed = await hub.awa.do(order["id"], "withdraw_dispute")
    (deadline,) = resumed["deadlines"]
    left = datetime.fromisoformat(deadline["at"]) - datetime.fromisoformat(resumed["status_since"])
    assert timedelta() <= 20 * DAY - left < timedelta(minutes=1)
    await hub.world.settled()


async def test_whoever_has_acted_on_it_does_not_rule(hub: Hub) -> None:
    order = await hub.invoiced()
    nour = await hub.world.person("nour", "support", "finance", "admin")
    await nour.do(order["id"], "close_case", 409, resolution="Rien à dire.")
    await hub.awa.do(order["id"], "open_dispute", reason="Il manque une boîte.")
    await hub.awa.do(order["id"], "report_problem", reason="Personne ne répond.")
    await nour.do(order["id"], "close_case", resolution="Vu avec la cliente.")
    for action, more in (("rule_refund", {}), ("rule_release", {}), ("rule_split", {"amount": hub.money(100)})):
        refused = await nour.do(order["id"], action, 403, decision="Je tranche.", **more)
        assert (refused["code"], refused["guard"]) == ("others_decide", "ruler_acted_before")
    await hub.chloe.do(order["id"], "rule_refund", 403, decision="Je tranche.")
    done = await hub.ada.do(order["id"], "rule_refund", decision="La boîte manque.")
    assert done["status"] == "cancelled"
    await hub.world.settled()


async def test_whoever_had_the_quote_in_hand_does_not_rule(hub: Hub) -> None:
    """One takes it, another prices it, a third issues it: none of them rules, and somebody else does."""
    taker, pricer, issuer = [await hub.world.person(name, "support", "admin") for name in ("nour", "lina", "omar")]
    quote = await hub.requested()
    await hub.on_quote(taker, quote, "take")
    await pricer.ask("POST", f"/quotes/{quote['id']}/versions", json=await hub.draft(quote))
    issued = await hub.on_quote(issuer, quote, "issue")
    order = await hub.on_quote(hub.awa, issued, "accept", 201, version=issued["current"]["n"])
    order = await hub.confirm(await hub.proven(order), "confirm_deposit", order["sourcing"]["due"]["amount"])
    await hub.world.advance(timedelta(days=30))
    await hub.awa.do(order["id"], "open_dispute", reason="Rien n’est arrivé.")
    for person in (taker, pricer, issuer):
        refused = await person.do(order["id"], "rule_refund", 403, decision="Je tranche.")
        assert (refused["code"], refused["guard"]) == ("others_decide", "ruler_acted_before")
    assert (await hub.ada.do(order["id"], "rule_refund", decision="Rien n’est venu."))["status"] == "cancelled"
    await hub.world.settled()


async def test_a_card_begun_and_a_transfer_confirmed(hub: Hub) -> None:
    """The payment by card is closed with the deposit, here and at the provider."""
    order = await hub.ordered()
    body = {"method": "card", "return_url": "https://boutique.example/retour"}
    card = await hub.awa.ask("POST", f"/orders/{order['id']}/payments", 201, json=body)
    order = await hub.proven(order)
    order = await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"])
    payments = (await hub.awa.ask("GET", f"/orders/{order['id']}/payments"))["payments"]
    assert {payment["id"]: payment["status"] for payment in payments}[card["id"]] == "expired"
    await hub.world.worker.drain()
    with pytest.raises(AssertionError):
        await hub.world.confirm(card, PAYS)
    assert await ledger(hub, order["id"]) == ["escrow EUR 6082", "provider EUR -6082"]
    await hub.world.settled()
