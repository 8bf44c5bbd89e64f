"""Awa's bank takes the money back, and decides later."""

import pytest

from orderhub.domain.payments.ports import NotificationType, ProviderRefused, SendRefund
from tests.adapters.payments.support import Sandbox, amounts


@pytest.mark.parametrize("outcome", ["won", "lost"])
async def test_a_chargeback_opens_and_closes_and_names_its_payment(sandbox: Sandbox, outcome: str) -> None:
    payment = await sandbox.paid(amount=1000)
    opened = await sandbox.merchant.post("/v1/chargebacks", json={"payment": payment.reference})
    assert opened.status_code == 201
    path = f"/v1/chargebacks/{opened.json()['id']}"
    closed = await sandbox.merchant.post(f"{path}/close", json={"outcome": outcome})
    assert (closed.json()["status"], (await sandbox.merchant.get(path)).json()) == (outcome, closed.json())
    told = (await sandbox.inbox.wait(3))[1:]
    read = [sandbox.payments.verify(r.headers, r.body) for r in told]
    assert [n.type for n in read] == [NotificationType.CHARGEBACK_OPENED, NotificationType(f"chargeback.{outcome}")]
    assert {n.provider_id for n in read} == {opened.json()["id"]}
    assert {(n.payment_provider_id, n.reference) for n in read} == {(payment.provider_id, payment.reference)}
    assert amounts(told) == [(1000, "EUR")] * 2
    again = await sandbox.merchant.post(f"{path}/close", json={"outcome": "won"})
    assert again.json()["error"]["code"] == "chargeback_closed"


async def test_what_a_bank_took_cannot_be_refunded_until_it_is_won(sandbox: Sandbox) -> None:
    payment = await sandbox.paid(amount=1000)
    body = {"payment": payment.provider_id, "amount": 700}
    opened = (await sandbox.merchant.post("/v1/chargebacks", json=body)).json()
    request = SendRefund("rfd_1", payment.provider_id, 400, "EUR")
    with pytest.raises(ProviderRefused):
        await sandbox.payments.refund(request)
    await sandbox.merchant.post(f"/v1/chargebacks/{opened['id']}/close", json={"outcome": "won"})
    assert (await sandbox.payments.refund(request)).amount == 400


async def test_a_chargeback_needs_a_capture_that_covers_it(sandbox: Sandbox) -> None:
    unpaid, paid = await sandbox.opened(), await sandbox.paid(amount=1000)
    for body, code in (
        ({"payment": unpaid.provider_id}, "payment_not_captured"),
        ({"payment": paid.provider_id, "amount": 1001}, "chargeback_exceeds_captured"),
    ):
        answer = await sandbox.merchant.post("/v1/chargebacks", json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
