"""Awa pays from her wallet, or does not; and the merchant closes what nobody paid."""

import pytest

from orderhub.domain.payments.ports import ProviderMethod, ProviderRefused, ProviderStatus
from tests.adapters.payments.support import ASKS_ACTION, PAYS, Sandbox


@pytest.mark.parametrize(
    ("verb", "ends", "reason"),
    [("approve", "payment.captured", None), ("cancel", "payment.failed", "cancelled_by_payer")],
)
async def test_a_wallet_approves_or_cancels_by_redirect(
    sandbox: Sandbox, verb: str, ends: str, reason: str | None
) -> None:
    payment = await sandbox.opened(ProviderMethod.WALLET)
    assert payment.status is ProviderStatus.REQUIRES_ACTION
    url = payment.next_action["url"]
    assert f'action="/wallet/{payment.provider_id}/{verb}"' in (await sandbox.browser.get(url)).text
    back = await sandbox.browser.post(f"{url}/{verb}")
    assert (back.status_code, back.headers["location"].split("?")[0]) == (303, "https://boutique.example.fr/merci")
    told = await sandbox.inbox.wait(2)
    assert [r.type for r in told] == ["payment.requires_action", ends]
    assert told[1].payload["data"]["reason"] == reason


async def test_a_page_belongs_to_its_method_and_knows_its_verbs(sandbox: Sandbox) -> None:
    wallet = await sandbox.opened(ProviderMethod.WALLET)
    card = await sandbox.opened()
    await sandbox.confirm(card, ASKS_ACTION)
    for path in (f"/3ds/{wallet.provider_id}", f"/wallet/{card.provider_id}", "/wallet/psp_none", "/elsewhere/x"):
        assert (await sandbox.browser.get(path)).status_code == 404
    for path in (f"/wallet/{wallet.provider_id}/fail", f"/3ds/{card.provider_id}/cancel"):
        assert (await sandbox.browser.post(path)).status_code == 404


async def test_the_page_shows_a_reference_as_text(sandbox: Sandbox) -> None:
    body = {
        "amount": 100,
        "currency": "EUR",
        "reference": "<script>alert(1)</script>",
        "method": "wallet",
        "return_url": "https://boutique.example.fr/",
    }
    answer = await sandbox.merchant.post("/v1/payments", json=body, headers={"idempotency-key": "k"})
    page = await sandbox.browser.get(answer.json()["next_action"]["url"])
    assert "<script>" not in page.text


@pytest.mark.parametrize("method", list(ProviderMethod))
async def test_closing_an_unpaid_payment_is_final_and_may_be_repeated(sandbox: Sandbox, method: ProviderMethod) -> None:
    payment = await sandbox.opened(method)
    await sandbox.payments.close(payment.provider_id)
    await sandbox.payments.close(payment.provider_id)
    await sandbox.inbox.until(lambda: sandbox.inbox.types()[-1:] == ["payment.cancelled"])
    assert sandbox.inbox.types().count("payment.cancelled") == 1
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CANCELLED
    assert (await sandbox.browser.post(f"/wallet/{payment.provider_id}/approve")).status_code in (404, 409)


async def test_closing_a_payment_that_was_paid_meanwhile_is_refused(sandbox: Sandbox) -> None:
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    with pytest.raises(ProviderRefused) as refusal:
        await sandbox.payments.close(payment.provider_id)
    assert refusal.value.reason == "payment_not_cancellable"
    await sandbox.inbox.wait(1)
    assert sandbox.inbox.types() == ["payment.captured"]
