"""The merchant's surface, ``/v1``, and the one call of it that a payer's browser makes."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orderhub.adapters.payments.sandbox_server.bodies import (
    CloseChargeback,
    ConfirmPayment,
    CreatePayment,
    CreateRefund,
    OpenChargeback,
)
from orderhub.adapters.payments.sandbox_server.errors import SandboxError
from orderhub.adapters.payments.sandbox_server.http import (
    answer,
    base_url,
    provider_of,
    read,
    require_key,
)
from orderhub.adapters.payments.sandbox_server.views import payer_view, payment_view, refund_view

Handler = Callable[[Request], Awaitable[Response]]


def merchant(handler: Handler) -> Handler:
    """A call that needs the API key, and that an outage may hit before or after its effect."""

    async def checked(request: Request) -> Response:
        require_key(request)
        outage = provider_of(request).outage
        if outage.strikes(after=False):
            raise SandboxError(503, "unavailable", "Try again later.")
        done = await handler(request)
        if outage.strikes(after=True):
            raise SandboxError(503, "unavailable", "Try again later.")
        return done

    return checked


@merchant
async def create_payment(request: Request) -> Response:
    """Open a payment."""
    provider, body = provider_of(request), await read(request, CreatePayment)

    def act() -> Mapping[str, object]:
        return payment_view(provider.payments.create(body), base_url(request))

    return _once(request, "create_payment", body, act)


@merchant
async def show_payment(request: Request) -> Response:
    """A payment as it stands, by the provider's id or the merchant's reference."""
    payment = provider_of(request).payments.find(request.path_params["id"])
    return answer(payment_view(payment, base_url(request)))


@merchant
async def cancel_payment(request: Request) -> Response:
    """Close a payment that nobody has confirmed."""
    provider = provider_of(request)
    with provider.journal.change():
        payment = provider.payments.cancel(request.path_params["id"])
    return answer(payment_view(payment, base_url(request)))


async def confirm_payment(request: Request) -> Response:
    """The payer's browser sends the card, with the client secret for its only right."""
    provider, body = provider_of(request), await read(request, ConfirmPayment)
    with provider.journal.change():
        payment = provider.payments.confirm(request.path_params["id"], body)
    return answer(payer_view(payment, base_url(request)))


@merchant
async def create_refund(request: Request) -> Response:
    """Give money back."""
    provider, body = provider_of(request), await read(request, CreateRefund)

    def act() -> Mapping[str, object]:
        return refund_view(provider.refunds.create(body))

    return _once(request, "create_refund", body, act)


@merchant
async def show_refund(request: Request) -> Response:
    """A refund as it stands."""
    return answer(refund_view(provider_of(request).refunds.find(request.path_params["id"])))


@merchant
async def open_chargeback(request: Request) -> Response:
    """Simulate that the payer's bank takes money back."""
    provider, body = provider_of(request), await read(request, OpenChargeback)
    with provider.journal.change():
        chargeback = provider.chargebacks.open(body)
    return answer(provider.chargebacks.view(chargeback), 201)


@merchant
async def show_chargeback(request: Request) -> Response:
    """A chargeback as it stands."""
    chargebacks = provider_of(request).chargebacks
    return answer(chargebacks.view(chargebacks.find(request.path_params["id"])))


@merchant
async def close_chargeback(request: Request) -> Response:
    """Simulate the bank's decision."""
    provider, body = provider_of(request), await read(request, CloseChargeback)
    with provider.journal.change():
        chargeback = provider.chargebacks.close(request.path_params["id"], body)
    return answer(provider.chargebacks.view(chargeback))


def _once(request: Request, operation: str, body: Struct, act: Callable[[], Mapping[str, object]]) -> Response:
    provider, key = provider_of(request), request.headers.get("idempotency-key")
    with provider.journal.change():
        known, replayed = provider.answers.once(operation, key, body, act)
    headers = {"idempotency-replayed": "true"} if replayed else None
    return Response(known.body, known.status, headers, media_type="application/json")


ROUTES = [
    Route("/v1/payments", create_payment, methods=["POST"]),
    Route("/v1/payments/{id}", show_payment),
    Route("/v1/payments/{id}/confirm", confirm_payment, methods=["POST"]),
    Route("/v1/payments/{id}/cancel", cancel_payment, methods=["POST"]),
    Route("/v1/refunds", create_refund, methods=["POST"]),
    Route("/v1/refunds/{id}", show_refund),
    Route("/v1/chargebacks", open_chargeback, methods=["POST"]),
    Route("/v1/chargebacks/{id}", show_chargeback),
    Route("/v1/chargebacks/{id}/close", close_chargeback, methods=["POST"]),
]
