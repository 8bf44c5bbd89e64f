"""What the provider says of a payment: in any order, twice, too late, or wrong."""

from datetime import timedelta
from itertools import permutations
from typing import Any

from tests.lives.provider import Till
from tests.lives.world import ASKS, DECLINES

PAID: dict[str, Any] = {
    "status": "awaiting_acceptance",
    "escrow": {"held": 12_000, "released": 0, "refunded": 0},
    "payments": ["captured"],
    "refunds": [],
    "cases": [],
    "ledger": ["escrow EUR 12000", "provider EUR -12000"],
}
RETURNED: dict[str, Any] = {
    "status": "awaiting_payment",
    "escrow": {"held": 0, "released": 0, "refunded": 0},
    "payments": ["captured"],
    "refunds": ["12000 EUR"],
    "cases": ["unapplied_payment"],
    "ledger": [],
}
GONE = {"status": "cancelled"}


async def settled_outcome(till: Till) -> dict[str, Any]:
    """The outcome once the refunds have come back, too, and nothing is held back any more."""
    await till.hold_back(on=False)
    await till.deliver([])
    found = await till.outcome()
    for _ in range(100):
        if not any(line.startswith("refund ") for line in found["ledger"]):
            break
        found = await till.outcome()
    await till.in_order()
    return found


async def test_every_order_of_a_payments_events_ends_the_same(till: Till) -> None:
    await till.hold_back()
    for order in (*permutations((0, 1)), *sorted(set(permutations((0, 0, 1, 1))))):
        await till.new_order()
        payment = await till.pay(ASKS)
        await till.answer_bank(payment)
        events = [event["id"] for event in await till.events(2)]
        assert set(await till.deliver([events[place] for place in order])) == {200}
        assert await till.outcome() == PAID, order
    await till.in_order()


async def test_every_order_of_a_failed_payments_events(till: Till) -> None:
    await till.hold_back()
    for order in (*permutations((0, 1)), (0, 1, 1, 0), (1, 0, 0, 1)):
        await till.new_order()
        payment = await till.pay(ASKS)
        await till.answer_bank(payment, "fail")
        events = [event["id"] for event in await till.events(2)]
        await till.deliver([events[place] for place in order])
        assert await till.outcome() == PAID | {
            "status": "awaiting_payment",
            "escrow": {"held": 0, "released": 0, "refunded": 0},
            "payments": ["failed"],
            "ledger": [],
        }, order


async def test_a_declined_card_and_then_another(till: Till) -> None:
    await till.new_order()
    await till.pay(DECLINES)
    await till.events(1)
    await till.pay()
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    assert await till.outcome() == PAID | {"payments": ["captured", "failed"]}


async def test_three_copies_of_a_capture(till: Till) -> None:
    await till.behave(copies=3)
    await till.new_order()
    await till.pay()
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    (event,) = await till.events(1)
    await till.deliver([event["id"]] * 3)
    assert await till.outcome() == PAID
    await till.in_order()


async def test_wrong_amounts_and_currencies_are_never_paid(till: Till) -> None:
    for wrong, back in (
        ({"capture_amount": 11_999}, "11999 EUR"),
        ({"capture_amount": 12_001}, "12001 EUR"),
        ({"capture_currency": "CHF"}, "12000 CHF"),
        ({"capture_currency": "XOF", "capture_amount": 1}, "1 XOF"),
    ):
        await till.behave(**wrong)
        await till.new_order()
        await till.pay()
        await till.events(1)
        await _until_captured(till)
        assert await settled_outcome(till) == RETURNED | {"refunds": [back]}
    await till.pay()
    order = await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    assert order["escrow"]["held"]["amount"] == 12_000


async def test_a_notification_that_lies_about_the_amount_pays_nothing(till: Till) -> None:
    await till.behave(tell_amount=1)
    await till.new_order()
    await till.pay()
    await _until_captured(till)
    assert await settled_outcome(till) == RETURNED | {"refunds": ["1 EUR"]}


async def test_a_wrong_reference_pays_neither_order(till: Till) -> None:
    await till.new_order()
    other_order, other = till.order_id, await _unpaid(till)
    await till.behave(tell_reference=other, only=["payment.captured"])
    await till.new_order()
    await till.pay()
    await _until_captured(till)
    assert await settled_outcome(till) == RETURNED
    till.order_id = other_order
    assert (await till.outcome())["status"] == "awaiting_payment"
    assert (await till.outcome())["payments"] == ["created"]


async def test_a_reference_that_is_nobodys_goes_back_to_the_payer(till: Till) -> None:
    await till.behave(tell_reference="pay_of_another_shop", only=["payment.captured"])
    await till.new_order()
    await till.pay()
    await _until_captured(till)
    assert await settled_outcome(till) == RETURNED


async def test_a_capture_after_the_order_was_cancelled_or_expired(till: Till) -> None:
    await till.hold_back()
    for end in ("cancel", "expire"):
        await till.new_order()
        await till.pay()
        (event,) = await till.events(1)
        if end == "cancel":
            await till.awa.do(till.order_id, "cancel")
        else:
            await till.world.advance(timedelta(hours=25))
        assert await till.deliver([event["id"], event["id"]]) == [200, 200]
        assert await settled_outcome(till) == RETURNED | GONE
        await till.hold_back()


async def test_two_payments_for_one_order(till: Till) -> None:
    await till.hold_back()
    for order in permutations((0, 1)):
        await till.new_order()
        await till.pay()
        await till.pay()
        events = [event["id"] for event in await till.events(2)]
        assert await till.deliver([events[place] for place in order]) == [200, 200]
        assert await settled_outcome(till) == PAID | {
            "payments": ["captured", "captured"],
            "refunds": ["12000 EUR"],
            "cases": ["unapplied_payment"],
        }
        await till.hold_back()


async def test_two_payments_for_one_extra(till: Till) -> None:
    await till.new_order()
    await till.pay()
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    await till.bruno.do(till.order_id, "accept")
    order = await till.awa.do(till.order_id, "add_extra", option_id=till.option_id)
    await till.hold_back()
    for _ in range(2):
        await till.pay(extra_id=order["pending"]["extras"][0]["id"])
    events = [event["id"] for event in await till.events(3)]
    await till.deliver(events[1:])
    assert await settled_outcome(till) == PAID | {
        "status": "in_progress",
        "escrow": {"held": 15_000, "released": 0, "refunded": 0},
        "payments": ["captured", "captured", "captured"],
        "refunds": ["3000 EUR"],
        "cases": ["unapplied_payment"],
        "ledger": ["escrow EUR 15000", "provider EUR -15000"],
    }


async def test_an_open_payment_of_what_is_paid_is_closed_at_the_provider(till: Till) -> None:
    await till.new_order()
    left_open = await _unpaid(till)
    await till.pay()
    await till.world.until(till.awa, till.order_id, "awaiting_acceptance")
    assert (await till.outcome())["payments"] == ["captured", "expired"]
    assert (await till.provider("GET", f"/v1/payments/{left_open}"))["status"] == "cancelled"


async def test_a_payment_of_an_expired_order_is_closed_at_the_provider(till: Till) -> None:
    await till.new_order()
    left_open = await _unpaid(till)
    await till.world.advance(timedelta(hours=25))
    assert (await till.outcome())["payments"] == ["expired"]
    assert (await till.provider("GET", f"/v1/payments/{left_open}"))["status"] == "cancelled"


async def _unpaid(till: Till) -> str:
    """A payment that the payer has started, and left."""
    body = {"method": "card", "return_url": "https://boutique.example/retour"}
    return (await till.awa.ask("POST", f"/orders/{till.order_id}/payments", 201, json=body))["id"]


async def _until_captured(till: Till) -> None:
    async def captured() -> bool:
        return (await till.outcome())["payments"] == ["captured"]

    await till.until(captured)
