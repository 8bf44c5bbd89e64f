"""Chargebacks: opened, won and lost, in any order, before and after the end of the order."""

from itertools import permutations
from typing import Any

import pytest

from tests.lives.provider import Till
from tests.lives.world import Person

pytestmark = pytest.mark.slow

WHOLE = 12_000


async def delivered_order(till: Till) -> None:
    """Awa has paid, Bruno has delivered."""
    await till.new_order()
    await till.pay()
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    await till.bruno.do(till.order_id, "accept")
    await till.bruno.do(till.order_id, "deliver", message="Voici.")


async def bank(till: Till, outcome: str | None, amount: int = WHOLE) -> None:
    """The payer's bank takes money back, and decides unless the outcome is None."""
    opened = await till.provider("POST", "/v1/chargebacks", json={"payment": till.payments[0], "amount": amount})
    if outcome:
        await decide(till, opened["id"], outcome)


async def decide(till: Till, chargeback_id: str, outcome: str) -> None:
    await till.provider("POST", f"/v1/chargebacks/{chargeback_id}/close", json={"outcome": outcome})


async def heard(till: Till, number: int) -> dict[str, Any]:
    """The outcome once the provider has told of so many events."""

    async def all_delivered() -> bool:
        events = await till.events(number)
        return all(delivery["status"] == "delivered" for event in events for delivery in event["deliveries"])

    await till.until(all_delivered)
    await till.in_order()
    return await till.outcome()


@pytest.mark.parametrize("outcome", ["won", pytest.param("lost", marks=pytest.mark.slow)])
async def test_every_order_of_the_events_ends_the_same(till: Till, outcome: str) -> None:
    await till.hold_back()
    ends: list[dict[str, Any]] = []
    for order in permutations(range(3)):
        await till.new_order()
        await till.pay()
        await till.events(1)
        await bank(till, outcome)
        events = [event["id"] for event in await till.events(3)]
        await till.deliver_until_taken([events[place] for place in order])
        assert set(await till.deliver(events)) == {200}
        ends.append(await till.outcome())
    assert ends == [ends[0]] * len(ends)
    held = WHOLE if outcome == "won" else 0
    assert (ends[0]["status"], ends[0]["escrow"]["held"]) == ("disputed", held)
    assert ends[0]["cases"] == ["chargeback"]
    await till.in_order()


async def test_opened_it_disputes_the_order_and_takes_the_money(till: Till) -> None:
    await delivered_order(till)
    await bank(till, None)
    found = await heard(till, 2)
    assert (found["status"], found["escrow"]["held"], found["cases"]) == ("disputed", 0, ["chargeback"])
    assert found["ledger"] == ["chargeback EUR 12000", "provider EUR -12000"]


@pytest.mark.parametrize("outcome", ["won", "lost"])
async def test_decided_after_an_end_without_the_money(till: Till, chloe: Person, outcome: str) -> None:
    """Support rule while the bank has the money; then it decides."""
    for ruling, action in (("completed", "rule_release"), ("cancelled", "rule_refund")):
        await delivered_order(till)
        opened = await till.provider("POST", "/v1/chargebacks", json={"payment": till.payments[0], "amount": WHOLE})
        await heard(till, 2)
        await chloe.do(till.order_id, action, decision="Le dossier est clos.")
        await decide(till, opened["id"], outcome)
        found = await heard(till, 3)
        assert found["status"] == ruling
        if outcome == "lost":
            assert found["ledger"] == []
        elif ruling == "completed":
            assert found["ledger"] == ["hub EUR 1200", "payable EUR 10800", "provider EUR -12000"]
        else:
            assert found["refunds"] == ["12000 EUR"]
            assert (await heard(till, 4))["ledger"] == []


@pytest.mark.parametrize("outcome", ["won", "lost"])
async def test_after_the_end_the_hub_pays_and_the_seller_owes(till: Till, outcome: str) -> None:
    await delivered_order(till)
    await till.awa.do(till.order_id, "approve")
    opened = await till.provider("POST", "/v1/chargebacks", json={"payment": till.payments[0]})
    found = await heard(till, 2)
    assert (found["status"], found["cases"]) == ("completed", ["chargeback"])
    owed = "receivable EUR -12000"
    assert found["ledger"] == ["chargeback EUR 12000", "hub EUR 1200", "payable EUR 10800", "provider EUR -12000", owed]
    await decide(till, opened["id"], outcome)
    found = await heard(till, 3)
    if outcome == "lost":
        assert found["ledger"] == ["hub EUR 1200", "payable EUR 10800", owed]
    else:
        assert found["ledger"] == ["hub EUR 1200", "payable EUR 22800", "provider EUR -12000", owed]


async def test_of_a_refunded_order_the_seller_owes_nothing(till: Till) -> None:
    await delivered_order(till)
    await till.bruno.do(till.order_id, "cancel", reason="Je ne peux pas.")
    await till.outcome()
    await heard(till, 2)
    await bank(till, "lost")
    found = await heard(till, 4)
    assert (found["status"], found["ledger"]) == ("cancelled", ["hub EUR -12000", "provider EUR 12000"])


async def test_of_a_part_that_was_refunded_already_the_hub_pays(till: Till) -> None:
    await delivered_order(till)
    await till.bruno.do(till.order_id, "refund_part", amount={"amount": 2_000, "currency": "EUR"})
    await till.outcome()
    await heard(till, 2)
    await bank(till, "won")
    found = await heard(till, 4)
    assert (found["status"], found["escrow"]["held"]) == ("disputed", 10_000)
    assert found["ledger"] == ["escrow EUR 10000", "provider EUR -10000"]


async def test_told_with_a_wrong_amount_nothing_moves(till: Till) -> None:
    for lie in ({"tell_amount": WHOLE + 1}, {"tell_currency": "CHF"}):
        await delivered_order(till)
        await till.provider("POST", "/control/next", json={"payment": till.payments[0], **lie})
        await bank(till, None)
        found = await heard(till, 2)
        assert (found["status"], found["escrow"]["held"]) == ("delivered", WHOLE)
        assert found["cases"] == ["unapplied_payment"]
