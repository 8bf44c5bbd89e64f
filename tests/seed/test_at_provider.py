"""The sample payments at the sandbox provider: a refund of one succeeds."""

import asyncio

import pytest
from pydantic import SecretStr

from orderhub.adapters.payments.sandbox import SandboxPayments
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.serving import running_sandbox
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import ProviderStatus, RefundStatus, SendRefund
from orderhub.domain.samples import Orders, Refunds, payment_of
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from orderhub.seed import seed
from orderhub.settings import Settings

_KEY = "key-of-the-seed"


async def _until_captured(provider: SandboxPayments, provider_id: str) -> None:
    for _ in range(500):
        if (await provider.status(provider_id)).status is ProviderStatus.CAPTURED:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the provider never captured it")


async def test_a_sample_payment_can_be_refunded(database: Database, settings: Settings) -> None:
    secret = settings.payments.webhook_secret.get_secret_value()
    config = SandboxConfig(api_key=_KEY, secret=secret, settle_seconds=0.0)
    async with running_sandbox(config) as url, SandboxPayments(url, _KEY, secret) as provider:
        payments = settings.payments.model_copy(update={"url": url, "api_key": SecretStr(_KEY)})
        await seed(database, settings.model_copy(update={"payments": payments}))
        async with database.session() as session:
            payment = await session.get_one(Payment, payment_of(Orders.IN_PROGRESS))
        assert payment.provider_id is not None
        await _until_captured(provider, payment.provider_id)
        wanted = SendRefund(show_id("rfd", Refunds.TO_RETRY), payment.provider_id, payment.amount, payment.currency)
        assert (await provider.refund(wanted)).status is not RefundStatus.FAILED
