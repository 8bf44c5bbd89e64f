"""Money goes back: whole, in parts, not more than there is, and not always."""

from typing import Any

import pytest

from orderhub.domain.payments.ports import ProviderRefused, RefundStatus, SendRefund
from tests.adapters.payments.support import REFUND_FAILS, Sandbox, amounts


async def _refuse(sandbox: Sandbox, request: SendRefund) -> str:
    with pytest.raises(ProviderRefused) as refusal:
        await sandbox.payments.refund(request)
    return refusal.value.reason


async def test_parts_up_to_the_whole_and_not_one_cent_more(sandbox: Sandbox) -> None:
    payment = await sandbox.paid(amount=1000)
    first = await sandbox.payments.refund(SendRefund("rfd_a", payment.provider_id, 400, "EUR"))
    assert first.status is RefundStatus.PENDING
    over = await _refuse(sandbox, SendRefund("rfd_b", payment.provider_id, 601, "EUR"))
    assert over == "refund_exceeds_captured"
    await sandbox.payments.refund(SendRefund("rfd_c", payment.provider_id, 600, "EUR"))
    told = (await sandbox.inbox.wait(3))[1:]
    assert [r.type for r in told] == ["refund.succeeded"] * 2
    assert amounts(told) == [(400, "EUR"), (600, "EUR")]
    assert [r.payload["data"]["reference"] for r in told] == ["rfd_a", "rfd_c"]
    settled = await sandbox.payments.refund_status(first.provider_id)
    assert (settled.status, settled.payment_provider_id) == (RefundStatus.SUCCEEDED, payment.provider_id)
    assert await _refuse(sandbox, SendRefund("rfd_d", payment.provider_id, 1, "EUR")) == "refund_exceeds_captured"


async def test_a_refund_that_fails_later_gives_its_amount_free_again(sandbox: Sandbox) -> None:
    payment = await sandbox.paid(REFUND_FAILS, amount=1000)
    refund = await sandbox.payments.refund(SendRefund("rfd_f", payment.provider_id, 1000, "EUR"))
    assert refund.status is RefundStatus.PENDING
    told = (await sandbox.inbox.wait(2))[1]
    assert (told.type, told.payload["data"]["reason"]) == ("refund.failed", "refund_rejected_by_bank")
    await sandbox.control("next", payment=payment.provider_id, refunds="succeed")
    await sandbox.payments.refund(SendRefund("rfd_f", payment.provider_id, 1000, "EUR", attempt=2))
    await sandbox.inbox.wait(3)
    assert sandbox.inbox.types()[1:] == ["refund.failed", "refund.succeeded"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"currency": "XOF"}, "currency_mismatch"), ({"payment_provider_id": "psp_none"}, "not_found")],
)
async def test_a_refund_that_does_not_fit_is_refused(sandbox: Sandbox, change: dict[str, Any], reason: str) -> None:
    payment = await sandbox.paid()
    fields: dict[str, Any] = {"payment_provider_id": payment.provider_id, "amount": 100, "currency": "EUR"}
    assert await _refuse(sandbox, SendRefund("rfd_x", **(fields | change))) == reason


async def test_what_was_not_captured_cannot_go_back(sandbox: Sandbox) -> None:
    payment = await sandbox.opened()
    request = SendRefund("rfd_n", payment.provider_id, 100, "EUR")
    assert await _refuse(sandbox, request) == "payment_not_captured"


async def test_a_payment_can_be_told_to_refuse_or_fail_its_refunds(sandbox: Sandbox) -> None:
    payment = await sandbox.paid()
    request = SendRefund("rfd_r", payment.provider_id, 100, "EUR")
    await sandbox.control("next", payment=payment.reference, refunds="refuse")
    assert await _refuse(sandbox, request) == "refund_refused"
    await sandbox.control("next", payment=payment.reference, refunds="fail")
    await sandbox.payments.refund(request)
    await sandbox.inbox.wait(2)
    assert sandbox.inbox.types()[1] == "refund.failed"


async def test_a_wrong_capture_goes_back_as_what_was_really_taken(sandbox: Sandbox) -> None:
    await sandbox.control("next", capture_amount=900, capture_currency="USD")
    payment = await sandbox.paid(amount=1000)
    assert (payment.amount, payment.currency) == (900, "USD")
    over = await _refuse(sandbox, SendRefund("rfd_w", payment.provider_id, 1000, "USD"))
    assert over == "refund_exceeds_captured"
    back = await sandbox.payments.refund(SendRefund("rfd_w", payment.provider_id, 900, "USD"))
    assert (back.amount, back.currency) == (900, "USD")
