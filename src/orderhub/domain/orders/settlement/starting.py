"""Starting a payment: what is due, our own row first, then the provider, outside any transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders.errors import NothingDueError, OrderNotFoundError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Due
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.manual import MANUAL
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import CreatePayment, PaymentProvider, ProviderMethod
from orderhub.domain.payments.process import PAYMENT, expired
from orderhub.domain.process import By
from orderhub.domain.transitions.change import Change
from orderhub.domain.transitions.models import History
from orderhub.domain.transitions.rows import begin_row
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.infra.idempotency import IdempotencyKey, KeyReusedError
from orderhub.infra.locking import locked
from orderhub.kit.errors import ForbiddenError, invalid_field
from orderhub.kit.ids import new_id, show_id


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What a buyer asks for."""

    order_id: UUID
    payer_id: UUID
    extra_id: UUID | None
    method: PaymentMethod
    return_url: str
    key: str
    request_hash: bytes
    by_staff: bool = False
    """Staff see every order; they pay for none but their own."""
    payment_id: UUID = field(default_factory=new_id)


Remember = Callable[[Payment], dict[str, Any]]
"""Makes the row of the idempotency key from the payment as it is answered."""


def what_is_due(order: Order) -> Sequence[Due]:
    """What can be paid now, and how."""
    return KINDS[order.kind].due(state_of(order))


async def start(
    database: Database, provider: PaymentProvider, request: PaymentRequest, remember: Remember | None = None
) -> Payment:
    """Open a payment, here and at the provider. The same request again finds the same payment.

    ``remember`` makes the answer to keep, which is stored together with what the provider said.

    Raises OrderNotFoundError, ForbiddenError for anybody but the buyer, NothingDueError, and the
    provider's refusals; a payment that the provider never heard of expires with the order's clock.
    """
    async with database.session() as session:
        payment = await _own_row(session, provider.name, request)
    if payment.provider_id is None:
        await _at_provider(database, provider, payment, remember)
    return payment


async def start_by_hand(database: Database, request: PaymentRequest, remember: Remember) -> Payment:
    """Open a payment by transfer or mobile money: its buyer reads how to pay, pays, and submits a proof.

    Raises as `start` does, but for what only a provider refuses.
    """
    async with database.session() as session:
        payment = await _own_row(session, MANUAL, request)
        await session.execute(insert(IdempotencyKey).values(remember(payment)).on_conflict_do_nothing())
    return payment


async def _own_row(session: AsyncSession, provider: str, request: PaymentRequest) -> Payment:
    order = await locked(session, Order, request.order_id)
    if order is None or not (request.by_staff or request.payer_id in (order.buyer_id, order.seller_id)):
        raise OrderNotFoundError
    if request.payer_id != order.buyer_id:
        raise ForbiddenError("Only the buyer pays for an order.")
    known = await session.scalar(
        select(Payment).where(Payment.order_id == order.id, Payment.request_key == request.key)
    )
    if known is not None:
        if known.request_hash != request.request_hash:
            raise KeyReusedError
        return known
    wanted = next((due for due in what_is_due(order) if due.extra_id == request.extra_id), None)
    if wanted is None:
        raise NothingDueError("There is nothing to pay here now. Read what is due at GET on this path.")
    if request.method not in wanted.methods:
        raise invalid_field("/method", "not_offered", f"Choose one of: {', '.join(wanted.methods)}.")
    begun = _begun(order, wanted, provider, request, await business_now(session))
    payment = Payment(**begun.rows["payments"][0])
    session.add_all([payment, *(History(**row) for row in begun.rows["history"])])
    await session.flush()
    return payment


def _begun(order: Order, wanted: Due, provider: str, request: PaymentRequest, now: datetime) -> Change:
    """The payment as the row of its table begins it, with its history."""
    by_hand = provider == MANUAL
    action = "open_by_hand" if by_hand else "open"
    change = Change(action=action, by=By.BUYER, actor_id=request.payer_id, now=now, command={})
    begin_row(
        change,
        PAYMENT,
        Payment.__tablename__,
        action,
        change.actor,
        data={"order_id": show_id("ord", order.id)},
        id=request.payment_id,
        order_id=order.id,
        extra_id=wanted.extra_id,
        payer_id=request.payer_id,
        provider=provider,
        method=request.method.value,
        amount=wanted.amount,
        currency=wanted.currency,
        next_action=wanted.by_hand[request.method] if by_hand else None,
        return_url=request.return_url,
        request_key=request.key,
        request_hash=request.request_hash,
        created_at=now,
        captured=0,
    )
    return change


async def _at_provider(
    database: Database, provider: PaymentProvider, payment: Payment, remember: Remember | None
) -> None:
    opened = await provider.create(
        CreatePayment(
            show_id("pay", payment.id),
            payment.amount,
            payment.currency,
            ProviderMethod(payment.method),
            payment.return_url,
        )
    )
    async with database.session() as session:
        stored = await locked(session, Payment, payment.id)
        assert stored is not None  # noqa: S101 - it was written a moment ago, and is never deleted
        stored.provider_id = opened.provider_id
        stored.next_action = dict(opened.next_action)
        is_over = stored.status == expired.code
        if remember is not None and not is_over:
            await session.execute(insert(IdempotencyKey).values(remember(stored)).on_conflict_do_nothing())
    if is_over:
        await provider.close(opened.provider_id)
        raise NothingDueError("What you were about to pay was closed at the same instant. Read the order again.")
    payment.provider_id, payment.next_action = opened.provider_id, dict(opened.next_action)


async def payments_of(session: AsyncSession, order_id: UUID) -> list[Payment]:
    """Every payment of an order, the newest first."""
    return list(await session.scalars(select(Payment).where(Payment.order_id == order_id).order_by(Payment.id.desc())))
