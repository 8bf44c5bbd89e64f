"""The merchant is told: signed, until it listens; and on request late, doubled, in disorder, or wrongly."""

import asyncio
import socket
from itertools import permutations
from typing import Any

import pytest

from orderhub.domain.payments.ports import (
    NotificationType,
    ProviderMethod,
    ProviderPayment,
    ProviderStatus,
    SendRefund,
)
from orderhub.kit.errors import InvalidSignatureError
from tests.adapters.payments.support import ASKS_ACTION, PAYS, Sandbox, amounts


async def _approve(sandbox: Sandbox, payment: ProviderPayment) -> None:
    await sandbox.confirm(payment, ASKS_ACTION)
    answer = await sandbox.browser.post(f"/3ds/{payment.provider_id}/approve")
    assert answer.status_code == 303


async def test_a_notification_is_signed_and_names_both_sides_ids(sandbox: Sandbox) -> None:
    payment = await sandbox.paid()
    (received,) = sandbox.inbox.received
    told = sandbox.payments.verify(received.headers, received.body)
    assert told.type is NotificationType.PAYMENT_CAPTURED
    assert (told.provider_id, told.payment_provider_id) == (payment.provider_id, payment.provider_id)
    assert (told.reference, told.amount, told.currency) == (payment.reference, 12_500, "EUR")
    assert (told.id, told.raw) == (received.headers["webhook-id"], received.body)
    assert told.occurred_at.utcoffset() is not None
    assert "client_secret" not in received.body.decode()


async def test_a_deaf_merchant_is_told_again_with_the_same_id_and_bytes(sandbox: Sandbox) -> None:
    sandbox.inbox.answers = [500, 302, 429]
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    received = await sandbox.inbox.wait(4)
    assert len({(r.headers["webhook-id"], r.body) for r in received}) == 1
    await asyncio.sleep(0.05)
    assert len(received) == 4


async def test_repetition_is_bounded_and_what_was_given_up_can_still_be_sent(sandbox: Sandbox) -> None:
    sandbox.inbox.answers = [500] * 6
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    await sandbox.inbox.wait(6)
    (event_id,) = await sandbox.event_ids(payment, 1)
    (event,) = await sandbox.events(payment)
    assert event["deliveries"] == [{"event": event_id, "status": "given_up", "attempts": 6, "last_answer": 500}]
    (delivery,) = await sandbox.control("deliver", events=[event_id])
    assert (delivery["status"], delivery["last_answer"]) == ("delivered", 204)


async def test_a_merchant_that_does_not_answer_delays_no_other_payment(sandbox: Sandbox) -> None:
    body = {"amount": 1, "currency": "EUR", "reference": "pay_hung", "method": "wallet", "return_url": "https://x.fr/"}
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        body["notify_url"] = f"http://127.0.0.1:{hanging.getsockname()[1]}/hooks"
        await sandbox.merchant.post("/v1/payments", json=body, headers={"idempotency-key": "hung"})
        async with asyncio.timeout(2):
            await sandbox.paid()
    assert sandbox.inbox.types() == ["payment.captured"]


async def test_a_merchant_that_is_not_there_is_tried_until_given_up(sandbox: Sandbox) -> None:
    await sandbox.merchant.put("/control/notify-url", json={"url": "http://127.0.0.1:9/hooks"})
    payment = await sandbox.opened(ProviderMethod.WALLET)
    async with asyncio.timeout(2):
        while (await sandbox.events(payment))[0]["deliveries"][0]["status"] != "given_up":
            pass
    (delivery,) = (await sandbox.events(payment))[0]["deliveries"]
    assert (delivery["attempts"], delivery["last_answer"]) == (6, None)


async def test_late(sandbox: Sandbox) -> None:
    await sandbox.control("next", late_seconds=0.2)
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    await sandbox.event_ids(payment, 1)
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CAPTURED
    assert sandbox.inbox.received == []
    await sandbox.inbox.wait(1)


async def test_doubled(sandbox: Sandbox) -> None:
    await sandbox.control("next", copies=3)
    await sandbox.paid()
    received = await sandbox.inbox.wait(3)
    assert len({r.headers["webhook-id"] for r in received}) == 1


async def test_never_sent_and_found_by_asking(sandbox: Sandbox) -> None:
    await sandbox.control("next", copies=0)
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    (event_id,) = await sandbox.event_ids(payment, 1)
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CAPTURED
    assert sandbox.inbox.received == []
    await sandbox.control("deliver", events=[event_id])
    assert sandbox.inbox.types() == ["payment.captured"]


@pytest.mark.parametrize("copies", [1, 2])
async def test_out_of_order(sandbox: Sandbox, copies: int) -> None:
    await sandbox.control("next", out_of_order=True, copies=copies)
    await _approve(sandbox, await sandbox.opened())
    await sandbox.inbox.wait(2 * copies)
    assert sandbox.inbox.types() == ["payment.captured"] * copies + ["payment.requires_action"] * copies


async def test_out_of_order_with_nothing_to_wait_for_arrives_all_the_same(sandbox: Sandbox) -> None:
    await sandbox.control("next", out_of_order=True)
    await sandbox.paid()
    assert sandbox.inbox.types() == ["payment.captured"]


async def test_in_order_when_nothing_else_is_asked(sandbox: Sandbox) -> None:
    for _ in range(5):
        await _approve(sandbox, await sandbox.opened())
    await sandbox.inbox.wait(10)
    orders: dict[str, list[str]] = {}
    for received in sandbox.inbox.received:
        orders.setdefault(received.payload["data"]["payment"], []).append(received.type)
    assert set(map(tuple, orders.values())) == {("payment.requires_action", "payment.captured")}


@pytest.mark.parametrize(
    ("lie", "told", "reference"),
    [
        ({"tell_amount": 1}, (1, "EUR"), None),
        ({"tell_currency": "USD"}, (12_500, "USD"), None),
        ({"tell_reference": "pay_of_bruno"}, (12_500, "EUR"), "pay_of_bruno"),
    ],
)
async def test_wrong_in_what_is_told_but_not_in_what_is(
    sandbox: Sandbox, lie: dict[str, Any], told: tuple[int, str], reference: str | None
) -> None:
    await sandbox.control("next", **lie)
    payment = await sandbox.paid()
    assert amounts(sandbox.inbox.received) == [told]
    assert sandbox.inbox.received[0].payload["data"]["reference"] == (reference or payment.reference)
    assert (payment.amount, payment.currency) == (12_500, "EUR")


async def test_wrong_in_what_is_taken(sandbox: Sandbox) -> None:
    await sandbox.control("next", capture_amount=13_000, capture_currency="USD")
    payment = await sandbox.paid()
    assert amounts(sandbox.inbox.received) == [(13_000, "USD")]
    assert (payment.amount, payment.currency) == (13_000, "USD")


@pytest.mark.parametrize("fault", [{"forged": True}, {"aged_seconds": 301}])
async def test_forged_or_aged_is_refused(sandbox: Sandbox, fault: dict[str, Any]) -> None:
    await sandbox.control("next", **fault)
    await sandbox.paid()
    (received,) = sandbox.inbox.received
    with pytest.raises(InvalidSignatureError):
        sandbox.payments.verify(received.headers, received.body)


async def test_a_fault_keeps_to_the_events_that_it_names(sandbox: Sandbox) -> None:
    await sandbox.control("next", copies=2, only=["payment.captured"])
    await _approve(sandbox, await sandbox.opened())
    await sandbox.inbox.wait(3)
    assert sandbox.inbox.types() == ["payment.requires_action", "payment.captured", "payment.captured"]


async def test_metadata_asks_as_well_and_before_what_comes_next(sandbox: Sandbox) -> None:
    await sandbox.control("next", tell_amount=7)
    body = {
        "amount": 100,
        "currency": "EUR",
        "reference": "pay_meta",
        "method": "wallet",
        "return_url": "https://boutique.example.fr/",
        "metadata": {"sandbox": {"tell_amount": 5}, "order": "ord_1"},
    }
    answer = await sandbox.merchant.post("/v1/payments", json=body, headers={"idempotency-key": "meta"})
    assert answer.json()["metadata"]["order"] == "ord_1"
    await sandbox.opened(ProviderMethod.WALLET)
    assert sorted(amounts(await sandbox.inbox.wait(2))) == [(5, "EUR"), (7, "EUR")]
    wrong = body | {"metadata": {"sandbox": {"lateseconds": 5}}}
    refused = await sandbox.merchant.post("/v1/payments", json=wrong, headers={"idempotency-key": "wrong"})
    assert refused.json()["error"]["code"] == "invalid_behaviour"


async def test_withheld_events_go_out_in_every_order_asked_for(sandbox: Sandbox) -> None:
    await sandbox.control("withhold", on=True)
    payment = await sandbox.opened()
    await _approve(sandbox, payment)
    await sandbox.event_ids(payment, 2)
    await sandbox.payments.refund(SendRefund("rfd_1", payment.provider_id, 500, "EUR"))
    events = await sandbox.event_ids(payment, 3)
    assert sandbox.inbox.received == []
    for order in permutations(events):
        sandbox.inbox.received.clear()
        answered = await sandbox.control("deliver", events=list(order))
        assert [delivery["event"] for delivery in answered] == list(order)
        assert [r.headers["webhook-id"] for r in sandbox.inbox.received] == list(order)


async def test_all_that_is_withheld_goes_out_at_once_oldest_first(sandbox: Sandbox) -> None:
    await sandbox.control("next", withhold=True)
    payment = await sandbox.opened()
    await _approve(sandbox, payment)
    events = await sandbox.event_ids(payment, 2)
    sandbox.inbox.answers = [500]
    assert [d["status"] for d in await sandbox.control("deliver")] == ["held", "delivered"]
    assert [d["event"] for d in await sandbox.control("deliver")] == events[:1]
    assert await sandbox.control("deliver") == []


@pytest.mark.parametrize("path", ["next", "withhold", "deliver", "outage"])
async def test_the_remote_control_needs_the_key(sandbox: Sandbox, path: str) -> None:
    answer = await sandbox.browser.post(f"/control/{path}", json={})
    assert answer.status_code == 401


async def test_the_address_can_be_changed_while_running(sandbox: Sandbox) -> None:
    nowhere = await sandbox.merchant.put("/control/notify-url", json={"url": None})
    assert nowhere.status_code == 204
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    (event_id,) = await sandbox.event_ids(payment, 1)
    lost = await sandbox.merchant.post("/control/deliver", json={"events": [event_id]})
    assert lost.json()["error"]["code"] == "no_notify_url"
    await sandbox.merchant.put("/control/notify-url", json={"url": sandbox.inbox.url})
    await sandbox.paid()
    assert sandbox.inbox.types() == ["payment.captured"]
