"""Awa pays by card: every test card, 3-D Secure both ways, and what is refused."""

import pytest

from orderhub.domain.payments.ports import ProviderMethod, ProviderStatus
from tests.adapters.payments.support import (
    ASKS_ACTION,
    DECLINES,
    PAYS,
    REFUND_FAILS,
    Sandbox,
    amounts,
    card_form,
)


@pytest.mark.parametrize("card", [PAYS, REFUND_FAILS])
async def test_a_good_card_pays_a_moment_after_it_was_confirmed(sandbox: Sandbox, card: str) -> None:
    payment = await sandbox.opened()
    assert payment.status is ProviderStatus.CREATED
    assert (await sandbox.confirm(payment, card))["status"] == "processing"
    told = await sandbox.inbox.wait(1)
    assert [r.type for r in told] == ["payment.captured"]
    assert amounts(told) == [(12_500, "EUR")]
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CAPTURED


async def test_a_declined_card_fails_with_its_reason(sandbox: Sandbox) -> None:
    payment = await sandbox.opened()
    await sandbox.confirm(payment, DECLINES)
    (told,) = await sandbox.inbox.wait(1)
    assert (told.type, told.payload["data"]["reason"]) == ("payment.failed", "card_declined")
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.FAILED


@pytest.mark.parametrize(
    ("verb", "outcome", "ends"),
    [("approve", "approved", "payment.captured"), ("fail", "failed", "payment.failed")],
)
async def test_three_d_secure_asks_and_goes_back_to_the_shop(
    sandbox: Sandbox, verb: str, outcome: str, ends: str
) -> None:
    payment = await sandbox.opened()
    action = (await sandbox.confirm(payment, ASKS_ACTION))["next_action"]
    assert action == {"type": "redirect", "url": f"{sandbox.url}/3ds/{payment.provider_id}"}
    page = await sandbox.browser.get(action["url"])
    assert f'action="/3ds/{payment.provider_id}/{verb}"' in page.text
    back = await sandbox.browser.post(f"{action['url']}/{verb}")
    assert back.status_code == 303
    shop = f"https://boutique.example.fr/merci?commande=12&payment={payment.reference}&outcome={outcome}"
    assert back.headers["location"] == shop
    await sandbox.inbox.wait(2)
    assert sandbox.inbox.types() == ["payment.requires_action", ends]
    again = await sandbox.browser.post(f"{action['url']}/approve")
    assert again.json()["error"]["code"] == "payment_not_waiting"


async def test_a_payment_is_confirmed_once(sandbox: Sandbox) -> None:
    payment = await sandbox.opened()
    await sandbox.confirm(payment, PAYS)
    again = await sandbox.browser.post(payment.next_action["confirm_url"], json=card_form(payment, PAYS))
    assert again.status_code == 409
    await sandbox.inbox.wait(1)
    assert len(await sandbox.events(payment)) == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"card": "4111111111111111"}, 422, "unknown_card"),
        ({"exp_year": 2020}, 422, "expired_card"),
        ({"client_secret": "sec_of_somebody_else"}, 401, "unauthorized"),
        ({"cvc": 123}, 422, "invalid_body"),
        ({"exp_month": True}, 422, "invalid_body"),
        ({"pin": "0000"}, 422, "invalid_body"),
    ],
)
async def test_a_bad_form_changes_nothing_and_is_not_repeated(
    sandbox: Sandbox, change: dict[str, object], status: int, code: str
) -> None:
    payment = await sandbox.opened()
    form = card_form(payment, PAYS) | change
    answer = await sandbox.browser.post(payment.next_action["confirm_url"], json=form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert str(form["card"]) not in answer.text
    assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CREATED


async def test_a_wallet_payment_takes_no_card(sandbox: Sandbox) -> None:
    payment = await sandbox.opened(ProviderMethod.WALLET)
    view = (await sandbox.merchant.get(f"/v1/payments/{payment.provider_id}")).json()
    form = {"client_secret": view["client_secret"], "card": PAYS, "exp_month": 1, "exp_year": 2090, "cvc": "123"}
    answer = await sandbox.browser.post(f"/v1/payments/{payment.provider_id}/confirm", json=form)
    assert answer.json()["error"]["code"] == "payment_not_confirmable"


async def test_the_shops_own_page_may_confirm_from_another_origin(sandbox: Sandbox) -> None:
    asks = {"origin": "https://boutique.example.fr", "access-control-request-method": "POST"}
    answer = await sandbox.browser.options("/v1/payments/psp_1/confirm", headers=asks)
    assert answer.headers["access-control-allow-origin"] == "*"
