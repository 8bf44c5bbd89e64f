"""The sandbox provider's client: the payment port over HTTP.

Every call may be repeated without harm (it carries an idempotency key, or only reads, or closes what
may be closed twice), so each is tried again when the provider cannot be reached or answers 5xx.
"""

import asyncio
import random
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from orderhub.adapters.payments.sandbox_answers import ErrorAnswer, PaymentAnswer, RefundAnswer
from orderhub.adapters.payments.sandbox_notifications import NotificationReader
from orderhub.domain.payments.ports import (
    CreatePayment,
    Notification,
    ProviderPayment,
    ProviderRefund,
    ProviderRefused,
    ProviderUnavailable,
    SendRefund,
)
from orderhub.kit.text import Label

A = TypeVar("A", bound=msgspec.Struct)

_TIMEOUT = httpx.Timeout(10.0, connect=3.0)

_trusted = cache(httpx.create_ssl_context)
"""The certificates that are trusted: 15 ms to read, so read once in a process."""

_ATTEMPTS = 3

_FIRST_PAUSE = 0.1
"""Seconds before the second attempt, doubled before each further one, less up to a half by chance."""

_MISCONFIGURED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
"""Our key is refused: nothing about this payment, so that jobs go on trying once it is put right."""


class SandboxPayments:
    """The payment port, spoken to the sandbox server. Close it with `aclose` or ``async with``."""

    name: str = "sandbox"

    def __init__(self, base_url: str, api_key: str, webhook_secret: str) -> None:
        self._reader = NotificationReader(webhook_secret)
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"authorization": f"Bearer {api_key}"},
            timeout=_TIMEOUT,
            verify=_trusted(),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def create(self, request: CreatePayment) -> ProviderPayment:
        """Open a payment under our own id."""
        body = {
            "amount": request.amount,
            "currency": request.currency,
            "reference": request.payment_id,
            "method": request.method,
            "return_url": request.return_url,
        }
        answer = await self._call("POST", "/v1/payments", body, request.payment_id)
        return _read(answer, PaymentAnswer).as_payment()

    async def close(self, provider_id: str) -> None:
        """Close a payment that is no longer wanted."""
        await self._call("POST", f"/v1/payments/{_segment(provider_id)}/cancel")

    async def refund(self, request: SendRefund) -> ProviderRefund:
        """Give money back; the outcome comes by notification."""
        body = {
            "payment": request.payment_provider_id,
            "amount": request.amount,
            "currency": request.currency,
            "reference": request.refund_id,
        }
        key = f"{request.refund_id}.{request.attempt}"
        return _read(await self._call("POST", "/v1/refunds", body, key), RefundAnswer).as_refund()

    async def status(self, provider_id: str) -> ProviderPayment:
        """A payment as it stands now."""
        answer = await self._call("GET", f"/v1/payments/{_segment(provider_id)}")
        return _read(answer, PaymentAnswer).as_payment()

    async def refund_status(self, provider_id: str) -> ProviderRefund:
        """A refund as it stands now."""
        answer = await self._call("GET", f"/v1/refunds/{_segment(provider_id)}")
        return _read(answer, RefundAnswer).as_refund()

    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """Check a notification's signature and age, and read it."""
        return self._reader.read(headers, body)

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = {} if key is None else {"idempotency-key": key}
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                answer = await self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError as error:
                if attempt == _ATTEMPTS:
                    raise ProviderUnavailable from error
            else:
                if not answer.is_server_error and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                    return _accepted(answer)
            if attempt < _ATTEMPTS:
                await _pause(attempt)
        raise ProviderUnavailable


async def _pause(attempt: int) -> None:
    longest = _FIRST_PAUSE * 2 ** (attempt - 1)
    await asyncio.sleep(longest * random.uniform(0.5, 1))  # noqa: S311 - spreads load, hides nothing


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    if answer.status_code in _MISCONFIGURED:
        raise ProviderUnavailable(
            Label(
                "Le prestataire de paiement n’accepte pas notre clé.", "The payment provider does not accept our key."
            )
        )
    if not answer.is_client_error:
        raise ProviderUnavailable
    refusal = _read(answer, ErrorAnswer).error
    raise ProviderRefused(refusal.code, refusal.message)


def _read(answer: httpx.Response, kind: type[A]) -> A:
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProviderUnavailable(
            Label(
                "La réponse du prestataire de paiement est illisible.", "The payment provider's answer cannot be read."
            )
        ) from error


def _segment(provider_id: str) -> str:
    return quote(provider_id, safe="")
