"""A repeated request has one effect."""

import asyncio
from dataclasses import replace

import pytest

from orderhub.domain.payments.ports import ProviderRefused, SendRefund
from tests.adapters.payments.support import PAYS, Sandbox, a_payment


async def test_the_same_payment_asked_for_in_parallel_is_opened_once(sandbox: Sandbox) -> None:
    request = a_payment()
    answers = await asyncio.gather(*(sandbox.payments.create(request) for _ in range(8)))
    assert len({answer.provider_id for answer in answers}) == 1


async def test_a_repetition_answers_as_the_first_time(sandbox: Sandbox) -> None:
    request = a_payment()
    first = await sandbox.payments.create(request)
    await sandbox.confirm(first, PAYS)
    await sandbox.inbox.wait(1)
    assert await sandbox.payments.create(request) == first


async def test_the_same_key_with_another_body_is_refused(sandbox: Sandbox) -> None:
    request = a_payment()
    await sandbox.payments.create(request)
    with pytest.raises(ProviderRefused) as refusal:
        await sandbox.payments.create(replace(request, amount=request.amount + 1))
    assert refusal.value.reason == "idempotency_key_reused"


async def test_a_key_is_required_and_a_replay_says_so(sandbox: Sandbox) -> None:
    body = {
        "amount": 100,
        "currency": "XOF",
        "reference": "pay_awa",
        "method": "card",
        "return_url": "https://boutique.example.fr/",
    }
    without = await sandbox.merchant.post("/v1/payments", json=body)
    assert (without.status_code, without.json()["error"]["code"]) == (400, "idempotency_key_required")
    key = {"idempotency-key": "one"}
    first = await sandbox.merchant.post("/v1/payments", json=body, headers=key)
    second = await sandbox.merchant.post("/v1/payments", json=body, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"


async def test_one_key_serves_a_payment_and_a_refund(sandbox: Sandbox) -> None:
    payment = await sandbox.paid()
    body = {"payment": payment.provider_id, "amount": 100, "reference": "rfd_1"}
    answer = await sandbox.merchant.post("/v1/refunds", json=body, headers={"idempotency-key": payment.reference})
    assert answer.status_code == 201


async def test_a_refund_sent_twice_goes_out_once_and_a_new_attempt_anew(sandbox: Sandbox) -> None:
    payment = await sandbox.paid()
    request = SendRefund("rfd_twice", payment.provider_id, 500, "EUR")
    first, second = await sandbox.payments.refund(request), await sandbox.payments.refund(request)
    assert first == second
    again = await sandbox.payments.refund(replace(request, attempt=2))
    assert (again.reference, again.provider_id == first.provider_id) == ("rfd_twice", False)


async def test_a_refusal_is_not_kept(sandbox: Sandbox) -> None:
    payment = await sandbox.opened()
    request = SendRefund("rfd_early", payment.provider_id, 500, "EUR")
    with pytest.raises(ProviderRefused):
        await sandbox.payments.refund(request)
    await sandbox.confirm(payment, PAYS)
    await sandbox.inbox.wait(1)
    assert (await sandbox.payments.refund(request)).amount == 500
