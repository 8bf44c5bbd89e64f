"""Payments and refunds of an order, and the provider's notifications."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Path, Request, Response, status

from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession, Parts, Public, SignedIn
from orderhub.api.problems import problems
from orderhub.api.request_context import Acting, respond
from orderhub.api.routers.orders import KEY_ERRORS
from orderhub.api.routing import Router
from orderhub.api.schemas.base import OrderId, PaymentId
from orderhub.api.schemas.hooks import NotificationTakenOut
from orderhub.api.schemas.payments import DueOut, OrderPaymentsOut, PaymentOut, StartPayment
from orderhub.api.shown_payments import show_payment, show_refund
from orderhub.domain.contact_details.disclosure import AS_WRITTEN
from orderhub.domain.orders import queries
from orderhub.domain.orders.errors import NothingDueError, OrderNotFoundError
from orderhub.domain.orders.settlement import starting as paying
from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.payments.errors import PaymentNotFoundError
from orderhub.domain.payments.methods import MANUAL_METHODS
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import (
    PaymentProvider,
    ProviderRefused,
    ProviderUnavailable,
    UnreadableNotification,
)
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Answer
from orderhub.domain.requests.remembering import kept
from orderhub.kit.errors import ConflictError, ForbiddenError, InvalidSignatureError, NotFoundError
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

router = Router()
Providers = Mapping[str, PaymentProvider]
ProviderName = Annotated[str, Path(max_length=40, examples=["sandbox"])]


async def read_providers(parts: AppParts) -> Providers:
    """The payment providers of this deployment, by name."""
    return parts.others[PaymentProvider]


AskedProviders = Annotated[Providers, Depends(read_providers)]


def chosen_provider(parts: Parts, providers: Providers) -> PaymentProvider:
    """The provider that new payments go to. Raises ProviderUnavailable where there is none."""
    found = providers.get(parts.settings.payments.provider)
    if found is None:
        raise ProviderUnavailable(
            Label(
                "Ce déploiement n’a pas de prestataire de paiement. Dites-le à son exploitant.",
                "This deployment has no payment provider. Tell its operator.",
            ),
            retry_after=60,
        )
    return found


@router.get(
    "/orders/{order_id}/payments", summary="List payments and what is due", responses=problems(OrderNotFoundError)
)
async def list_order_payments(
    session: DatabaseSession, caller: SignedIn, order_id: OrderId, language: AskedLanguage
) -> OrderPaymentsOut:
    """What the buyer can pay now and how; what was tried. A seller sees neither methods nor payments."""
    order = await queries.visible_order(session, order_id, caller.account_id, staff=bool(caller.roles))
    refunds = [show_refund(refund, language) for refund in await queries.refunds_of(session, order_id)]
    if caller.account_id == order.seller_id:
        return OrderPaymentsOut(due=[], payments=[], refunds=refunds)
    words = AS_WRITTEN if caller.roles else await queries.words_between(session, order)
    due = [
        DueOut.model_validate(
            {
                "extra_id": due.extra_id,
                "title": words.text(due.title),
                "amount": {"amount": due.amount, "currency": due.currency},
                "methods": due.methods,
            }
        )
        for due in paying.what_is_due(order)
    ]
    payments = [show_payment(payment, language) for payment in await paying.payments_of(session, order_id)]
    return OrderPaymentsOut(due=due, payments=payments, refunds=refunds)


@router.post(
    "/orders/{order_id}/payments",
    summary="Start a payment",
    status_code=status.HTTP_201_CREATED,
    response_model=PaymentOut,
    responses=problems(
        *KEY_ERRORS,
        ForbiddenError,
        OrderNotFoundError,
        NothingDueError,
        LimitReachedError,
        ProviderRefused,
        ProviderUnavailable,
    ),
)
async def create_payment(
    parts: AppParts,
    context: Acting,
    order_id: OrderId,
    body: StartPayment,
    providers: AskedProviders,
    language: AskedLanguage,
) -> Response:
    """Open a payment; ``next_action`` says how the payer goes on: by hand, where to pay, then `POST …/proofs`."""
    caller = context.caller
    assert caller.key is not None  # noqa: S101 - Acting requires it
    first = await diagnosis.answered_before(parts.database, caller)
    if first is not None:
        return respond(first)
    request = paying.PaymentRequest(
        order_id,
        caller.account_id,
        body.extra_id,
        body.method,
        body.return_url,
        caller.key.key,
        caller.key.request_hash,
        by_staff=bool(caller.roles),
    )

    def answer(payment: Payment) -> Answer:
        body = show_payment(payment, language).model_dump_json().encode()
        place = f"/v1/payments/{show_id('pay', payment.id)}"
        return Answer(status.HTTP_201_CREATED, body, {"Location": place})

    if body.method in MANUAL_METHODS:
        payment = await paying.start_by_hand(parts.database, request, lambda opened: kept(caller, answer(opened)))
        return respond(answer(payment))
    provider = chosen_provider(parts, providers)
    payment = await paying.start(parts.database, provider, request, lambda opened: kept(caller, answer(opened)))
    return respond(answer(payment))


@router.get("/payments/{payment_id}", summary="Read a payment", responses=problems(PaymentNotFoundError))
async def get_payment(
    session: DatabaseSession, caller: SignedIn, payment_id: PaymentId, language: AskedLanguage
) -> PaymentOut:
    """The payment as it stands, for its payer and for staff."""
    payment = await session.get(Payment, payment_id)
    if payment is None or not (caller.roles or payment.payer_id == caller.account_id):
        raise PaymentNotFoundError
    return show_payment(payment, language)


@router.post(
    "/hooks/payments/{provider}",
    summary="Take a provider's notification",
    dependencies=[Public],
    responses=problems(NotFoundError, ConflictError, InvalidSignatureError, UnreadableNotification),
)
async def receive_payment_notification(
    parts: AppParts, provider: ProviderName, request: Request, providers: AskedProviders
) -> NotificationTakenOut:
    """Verified over the raw bytes, applied once; the answer says what came of it."""
    found = providers.get(provider)
    if found is None:
        raise NotFoundError(
            Label("Il n’y a pas ici un tel prestataire de paiement.", "There is no such payment provider here.")
        )
    note = found.verify(request.headers, await request.body())
    return NotificationTakenOut(outcome=await apply_notification(parts.database, provider, note))
