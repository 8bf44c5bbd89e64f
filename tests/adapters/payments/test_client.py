"""The client when the provider is away, forgets to answer, or says no."""

import pytest

from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.domain.payments.ports import PaymentProvider, ProviderRefused, ProviderUnavailable, SendRefund
from tests.adapters.payments.support import API_KEY, SECRET, Inbox, Sandbox, a_payment


async def test_it_is_a_payment_provider(sandbox: Sandbox) -> None:
    provider: PaymentProvider = sandbox.payments
    assert provider.name == "sandbox"


async def test_a_short_outage_is_sat_out(sandbox: Sandbox) -> None:
    await sandbox.control("outage", requests=2)
    assert (await sandbox.payments.create(a_payment())).next_action["type"] == "client_secret"


async def test_a_lost_answer_opens_no_second_payment(sandbox: Sandbox) -> None:
    request = a_payment()
    await sandbox.control("outage", requests=1, after=True)
    payment = await sandbox.payments.create(request)
    assert await sandbox.payments.create(request) == payment


async def test_a_lost_answer_sends_no_second_refund(sandbox: Sandbox) -> None:
    payment = await sandbox.paid(amount=1000)
    await sandbox.control("outage", requests=2, after=True)
    await sandbox.payments.refund(SendRefund("rfd_lost", payment.provider_id, 600, "EUR"))
    await sandbox.inbox.wait(2)
    assert sandbox.inbox.types() == ["payment.captured", "refund.succeeded"]
    left = await sandbox.payments.refund(SendRefund("rfd_rest", payment.provider_id, 400, "EUR"))
    assert left.amount == 400


async def test_a_longer_outage_is_named(sandbox: Sandbox) -> None:
    await sandbox.control("outage", requests=3)
    with pytest.raises(ProviderUnavailable):
        await sandbox.payments.create(a_payment())
    assert (await sandbox.payments.create(a_payment())).provider_id.startswith("psp_")


async def test_a_payment_can_be_told_to_be_refused(sandbox: Sandbox) -> None:
    await sandbox.control("next", refused=True)
    with pytest.raises(ProviderRefused) as refusal:
        await sandbox.payments.create(a_payment())
    assert refusal.value.reason == "payment_refused"
    assert (await sandbox.payments.create(a_payment())).provider_id.startswith("psp_")


async def test_nobody_there() -> None:
    async with SandboxPayments("http://127.0.0.1:9", API_KEY, SECRET) as payments:
        with pytest.raises(ProviderUnavailable):
            await payments.status("psp_1")


async def test_a_wrong_key_is_our_fault_and_refuses_no_payment(sandbox: Sandbox) -> None:
    async with SandboxPayments(sandbox.url, "another-key", SECRET) as payments:
        with pytest.raises(ProviderUnavailable) as refusal:
            await payments.create(a_payment())
    assert "another-key" not in str(refusal.value)


async def test_somebody_else_at_the_address_is_no_refusal(inbox: Inbox) -> None:
    async with SandboxPayments(inbox.url, API_KEY, SECRET) as payments:
        with pytest.raises(ProviderUnavailable):
            await payments.create(a_payment())


@pytest.mark.parametrize("provider_id", ["psp_none", "../../health", "psp/../x"])
async def test_what_does_not_exist_is_refused_by_name(sandbox: Sandbox, provider_id: str) -> None:
    with pytest.raises(ProviderRefused) as refusal:
        await sandbox.payments.status(provider_id)
    assert refusal.value.reason == "not_found"


@pytest.mark.parametrize("change", [{"amount": 0}, {"amount": True}, {"currency": "eur"}, {"method": "manual"}])
async def test_a_wrong_body_is_refused(sandbox: Sandbox, change: dict[str, object]) -> None:
    body = {
        "amount": 100,
        "currency": "EUR",
        "reference": "pay_wrong",
        "method": "card",
        "return_url": "https://boutique.example.fr/",
    }
    answer = await sandbox.merchant.post("/v1/payments", json=body | change, headers={"idempotency-key": "k"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_body")
