"""Starting a payment: what is due, our own row first, then the provider, outside any transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Text, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders.engine import ORDERS
from orderhub.domain.orders.errors import NothingDueError, OrderNotFoundError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Due
from orderhub.domain.orders.loading import Loaded, state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.state import OrderState
from orderhub.domain.payments.manual import MANUAL
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import CreatePayment, PaymentProvider, ProviderMethod
from orderhub.domain.payments.process import PAYMENT, expired
from orderhub.domain.policies.room import of_terms, require_room
from orderhub.domain.process import By
from orderhub.domain.requests.changing import found
from orderhub.domain.transitions.change import Change
from orderhub.domain.transitions.rows import begin_row, begun_changes
from orderhub.domain.transitions.taking import Subject, take_inside
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction, Statement
from orderhub.infra.idempotency import IdempotencyKey, KeyReusedError
from orderhub.infra.locking import locked
from orderhub.kit.errors import ForbiddenError, invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

_TABLE: Final = Payment.__tablename__
_ASKED: Final = Statement(
    select(Order.buyer_id.label("order_buyer"), Order.seller_id.label("order_seller"), *Payment.__table__.c)
    .select_from(Order)
    .outerjoin(
        Payment,
        and_(Payment.order_id == Order.id, Payment.request_key == bindparam("request_key", type_=Text())),
    )
    .where(Order.id == bindparam("order_id", type_=Uuid()))
)
_OPEN: Final = [row.start.code for row in PAYMENT.rows if row.action == "expire" and row.start]
_COUNTED: Final = Statement(
    select(
        func.count().label("payments"),
        func.count().filter(or_(*(Payment.status == status for status in _OPEN))).label("open_payments"),
    ).where(Payment.order_id == bindparam("order_id", type_=Uuid()))
)


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


class _BegunBeforeError(Exception):
    """Another request with the same key has begun it."""


@dataclass(slots=True)
class Begun(Change):
    """A payment that is about to begin."""

    @property
    def payment(self) -> Payment:
        """As it will be."""
        (row,) = self.rows[_TABLE]
        return Payment(**row)


def what_is_due(order: Order) -> Sequence[Due]:
    """What can be paid now, and how."""
    return _due(state_of(order))


def _due(order: OrderState) -> Sequence[Due]:
    return KINDS[order.kind].due(order)


async def start(
    database: Database, provider: PaymentProvider, request: PaymentRequest, remember: Remember | None = None
) -> Payment:
    """Open a payment, here and at the provider. The same request again finds the same payment.

    ``remember`` makes the answer to keep, which is stored together with what the provider said.

    Raises OrderNotFoundError, ForbiddenError for anybody but the buyer, NothingDueError, LimitReachedError, and the
    provider's refusals; a payment that the provider never heard of expires with the order's clock.
    """
    payment = await begin(database, provider.name, request)
    if payment.provider_id is None:
        await _at_provider(database, provider, payment, remember)
    return payment


async def start_by_hand(database: Database, request: PaymentRequest, remember: Remember) -> Payment:
    """Open a payment by transfer or mobile money: its buyer reads how to pay, pays, and submits a proof.

    Raises as `start` does, but for what only a provider refuses.
    """
    return await begin(database, MANUAL, request, remember)


async def begin(
    database: Database, provider: str, request: PaymentRequest, remember: Remember | None = None
) -> Payment:
    """Our own row of a payment, as its order's lock lets it begin, or the one that the same request began.

    ``remember`` makes the answer to keep with it. Raises as `start` does, but for what a provider refuses.
    """
    known = await _known(database, request)
    if known is not None:
        return known
    try:
        begun = await take_inside(database, _STARTS, request.order_id, partial(_begun, provider, request, remember))
    except _BegunBeforeError:  # by the same request, at the same instant
        return found(await _known(database, request))
    return begun.payment


async def _known(database: Database, request: PaymentRequest) -> Payment | None:
    """The payment that the same request began; an order keeps its parties.

    Raises OrderNotFoundError, ForbiddenError, KeyReusedError.
    """
    row = await database.row(_ASKED, {"order_id": request.order_id, "request_key": request.key})
    if row is None or not (request.by_staff or request.payer_id in (row["order_buyer"], row["order_seller"])):
        raise OrderNotFoundError
    if request.payer_id != row["order_buyer"]:
        raise ForbiddenError(Label("Seul l’acheteur paie une commande.", "Only the buyer pays for an order."))
    if row["id"] is None:
        return None
    if row["request_hash"] != request.request_hash:
        raise KeyReusedError
    return Payment(**{column.name: row[column.name] for column in Payment.__table__.c})


def _begun(provider: str, request: PaymentRequest, remember: Remember | None, loaded: Loaded) -> Begun:
    """The payment as the row of its table begins it, with its history."""
    wanted = next((due for due in _due(loaded.order) if due.extra_id == request.extra_id), None)
    if wanted is None:
        raise NothingDueError(
            Label(
                "Il n’y a rien à payer ici maintenant. Lisez ce qui est dû par GET sur ce chemin.",
                "There is nothing to pay here now. Read what is due at GET on this path.",
            )
        )
    if request.method not in wanted.methods:
        raise invalid_field(
            "/method",
            "not_offered",
            Label(f"Choisissez parmi : {', '.join(wanted.methods)}.", f"Choose one of: {', '.join(wanted.methods)}."),
        )
    by_hand = provider == MANUAL
    action = "open_by_hand" if by_hand else "open"
    change = Begun(action=action, by=By.BUYER, actor_id=request.payer_id, now=loaded.now, command={})
    begin_row(
        change,
        PAYMENT,
        _TABLE,
        action,
        change.actor,
        data={"order_id": show_id("ord", loaded.order.id)},
        id=request.payment_id,
        order_id=loaded.order.id,
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
        created_at=loaded.now,
        captured=0,
    )
    if remember is not None:
        change.add(IdempotencyKey.__tablename__, **remember(change.payment))
    return change


async def _changes(transaction: HotTransaction, loaded: Loaded, change: Begun) -> Changes:
    """The order's row is locked, so that its payments are counted one after the other. Raises LimitReachedError."""
    counted = found(await transaction.row(_COUNTED, {"order_id": loaded.order.id}))
    for name, had in counted.items():
        require_room({name: of_terms(loaded.order.terms, name)}, name, had)
    return begun_changes(change, _TABLE)


_STARTS: Final[Subject[Loaded, Begun]] = Subject(
    noun=ORDERS.noun,
    lock=ORDERS.lock,
    lock_keyed=ORDERS.lock_keyed,
    lock_inside=ORDERS.lock_inside,
    visible=ORDERS.visible,
    missing=ORDERS.missing,
    version=ORDERS.version,
    changes=_changes,
    taken={"uq_payments_request_key": _BegunBeforeError, "pk_idempotency_keys": _BegunBeforeError},
)
"""An order that stays as it is, while a payment of it begins."""


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
        raise NothingDueError(
            Label(
                "Ce que vous alliez payer a été clos au même instant. Relisez la commande.",
                "What you were about to pay was closed at the same instant. Read the order again.",
            )
        )
    payment.provider_id, payment.next_action = opened.provider_id, dict(opened.next_action)


async def payments_of(session: AsyncSession, order_id: UUID) -> list[Payment]:
    """Every payment of an order, the newest first."""
    return list(await session.scalars(select(Payment).where(Payment.order_id == order_id).order_by(Payment.id.desc())))
