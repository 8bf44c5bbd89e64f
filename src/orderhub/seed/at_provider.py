"""The sample payments made at the sandbox provider as well, so that their refunds succeed when somebody tries.

After the sample data is written, and only where a sandbox provider answers. Its notifications come to the API
later and find each payment captured already.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import httpx
from sqlalchemy import select, update

from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import CreatePayment, ProviderMethod, ProviderPayment, ProviderUnavailable
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from orderhub.seed.steps import PROVIDER
from orderhub.settings import PaymentSettings

_AT_ONCE: Final = 4
_CAPTURED: Final = (Payment.status == "captured", Payment.provider == PROVIDER)
"""What was paid by hand is known to no provider."""
_CARD: Final = {"card": "4242424242424242", "exp_month": 12, "exp_year": 2099, "cvc": "123"}


async def pay_at_provider(database: Database, settings: PaymentSettings) -> None:
    """Make every captured payment there, too; nothing where no sandbox provider answers."""
    if settings.url is None or settings.provider != PROVIDER:
        return
    async with database.session() as session:
        captured = (await session.scalars(select(Payment).where(*_CAPTURED))).all()
    key, secret = settings.api_key.get_secret_value(), settings.webhook_secret.get_secret_value()
    try:
        async with SandboxPayments(settings.url, key, secret) as provider:
            made = await _make_all(provider, captured)
    except (ProviderUnavailable, httpx.TransportError):
        return
    async with database.session() as session:
        for payment, there in zip(captured, made, strict=True):
            known = update(Payment).where(Payment.id == payment.id)
            await session.execute(known.values(provider_id=there.provider_id))


async def _make_all(provider: SandboxPayments, payments: Sequence[Payment]) -> list[ProviderPayment]:
    at_once = asyncio.Semaphore(_AT_ONCE)
    async with httpx.AsyncClient(trust_env=False, verify=False) as browser:  # noqa: S501 - loopback, without TLS

        async def make(payment: Payment) -> ProviderPayment:
            async with at_once:
                return await _make(provider, browser, payment)

        return list(await asyncio.gather(*map(make, payments)))


async def _make(provider: SandboxPayments, browser: httpx.AsyncClient, payment: Payment) -> ProviderPayment:
    """Open a payment and give the card, as the payer's browser would."""
    payment_id, method = show_id("pay", payment.id), ProviderMethod(payment.method)
    wanted = CreatePayment(payment_id, payment.amount, payment.currency, method, payment.return_url)
    opened = await provider.create(wanted)
    card = {"client_secret": opened.next_action["client_secret"], **_CARD}
    (await browser.post(opened.next_action["confirm_url"], json=card)).raise_for_status()
    return opened
