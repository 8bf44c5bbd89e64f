"""What a verified notification about a payment does: to the payment, the ledger and its order.

Notifications come late, twice, in any order, or lie about the amount. Every verified capture is
posted to ``unapplied`` first; a row of the order's table takes it into escrow, or it goes back
whole to its payer and becomes a case. All of it is one write.
"""

from collections.abc import Mapping
from typing import Any, Final

import asyncpg
from sqlalchemy import Text, Uuid, and_, bindparam, or_, select

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, engine, loading, words
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.loading import read_loaded
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.payment_rows import change_payment
from orderhub.domain.orders.settlement import chargebacks
from orderhub.domain.orders.settlement.notice import PaymentNotice, record, write_payment
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.infra.database import Database, HotTransaction, Statement
from orderhub.infra.locking import lock
from orderhub.kit.errors import ConflictError, InvalidError
from orderhub.kit.ids import new_id, parse_id, show_id
from orderhub.kit.money import is_possible

PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
_WHICH: Final = Statement(
    select(Payment.id, Payment.order_id, Payment.provider_id)
    .where(
        or_(
            Payment.id == bindparam("payment_id", type_=Uuid()),
            and_(
                Payment.provider == bindparam("provider", type_=Text()),
                Payment.provider_id == bindparam("provider_id", type_=Text()),
            ),
        )
    )
    .order_by((Payment.provider_id == bindparam("provider_id", type_=Text())).desc().nulls_last())
    .limit(1)
)
"""The payment that the provider's own id names, else the one that the reference names."""
_LOCK: Final = Statement(
    select(*Payment.__table__.c).where(Payment.id == bindparam("payment_id", type_=Uuid())).with_for_update()
)
_ACTIONS: Final = {
    NotificationType.PAYMENT_REQUIRES_ACTION: "require_action",
    NotificationType.PAYMENT_CAPTURED: "capture",
    NotificationType.PAYMENT_FAILED: "fail",
}


async def apply(database: Database, provider: str, note: Notification) -> str:
    """Apply a notification about a payment once; the answer says what came of it.

    Raises InvalidError when it names no payment of ours, ConflictError when it should come again.
    """
    named = parse_id("pay", note.reference)
    wanted = {"payment_id": named, "provider": provider, "provider_id": note.payment_provider_id}
    try:
        async with database.hot_transaction() as transaction:
            row = await transaction.row(_WHICH, wanted)
            if row is None:
                raise InvalidError(f"There is no payment {note.reference!r} here.")
            order = await lock(transaction, loading.LOCK_FOR_PROVIDER, {"order_id": row["order_id"]})
            payment = await transaction.row(_LOCK, {"payment_id": row["id"]})
            assert order is not None  # noqa: S101 - a foreign key holds it
            assert payment is not None  # noqa: S101 - it was there a moment ago, and is never deleted
            notice = PaymentNotice(note, provider, payment, read_loaded(order))
            if not is_possible(note.amount, note.currency):
                return await _disbelieve(transaction, notice)
            if row["id"] != named or not _is_theirs(payment, provider, note):
                return await _doubt(transaction, notice)
            return await _apply(transaction, notice)
    except asyncpg.UniqueViolationError as error:
        if chargebacks.ONE_CHARGEBACK in str(error):
            raise ConflictError("Another payment's chargeback with its id came at once.", retry_after=1) from None
        if "pk_payment_notifications" not in str(error):
            raise
        return "repeated"


def _is_theirs(payment: Mapping[str, Any], provider: str, note: Notification) -> bool:
    """Whether the payment was begun with this provider, and is the one that it means."""
    return payment["provider"] == provider and payment["provider_id"] in (None, note.payment_provider_id)


async def _apply(transaction: HotTransaction, notice: PaymentNotice) -> str:
    if notice.note.type in chargebacks.TYPES:
        return await chargebacks.apply(transaction, notice)
    action = _ACTIONS.get(notice.note.type)
    if action is None:
        return await record(transaction, notice, "ignored")
    if action == "capture":
        return await _capture(transaction, notice)
    return await _change(transaction, notice, action)


async def _doubt(transaction: HotTransaction, notice: PaymentNotice) -> str:
    """Its reference and the provider's own id name two payments: nothing is paid by it.

    What was captured of a payment of ours goes back to its payer; staff look at all of it.
    """
    note, payment = notice.note, notice.payment
    ours = payment["provider_id"] == note.payment_provider_id
    if ours and _ACTIONS.get(note.type) == "capture" and note.amount and not payment["captured"]:
        return await _return_capture(transaction, notice)
    change = notice.change("doubt")
    reason = f"A notification ({note.type}) about {note.payment_provider_id} named {note.reference}: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return await write_payment(transaction, notice, change, "wrong_reference")


async def _disbelieve(transaction: HotTransaction, notice: PaymentNotice) -> str:
    """It speaks of money that nobody can have paid: nothing is done, and staff look at it."""
    note = notice.note
    change = notice.change("doubt")
    reason = f"A notification ({note.type}) says {note.amount} {note.currency}, which can't be: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, notice.payment["id"])
    return await write_payment(transaction, notice, change, "impossible_amount")


async def _change(transaction: HotTransaction, notice: PaymentNotice, action: str) -> str:
    """The bank asks for more, or the payment failed: the payment alone changes, if it still can."""
    change = notice.change(action)
    try:
        change_payment(change, notice.payment, action, PROVIDER, failure=notice.note.reason)
    except TransitionError:
        return await record(transaction, notice, "too_late")
    if action == "fail":
        _write_event(change, notice, "payment.failed")
    return await write_payment(transaction, notice, change, action)


async def _capture(transaction: HotTransaction, notice: PaymentNotice) -> str:
    note, payment = notice.note, notice.payment
    if not note.amount:
        return await record(transaction, notice, "nothing_captured")
    if payment["captured"]:
        return await _again(transaction, notice)
    facts = PaymentFacts(payment["id"], payment["extra_id"], note.amount, note.currency)
    action = "confirm_extra" if payment["extra_id"] else "confirm_payment"
    change = _taken(notice, action, facts)
    if change is None:
        return await _return_capture(transaction, notice)
    _book_capture(change, notice)
    _write_event(change, notice, "payment.confirmed")
    change.rows["payment_notifications"] = [notice.row(action)]
    await engine.write_order_change(transaction, notice.loaded, change)
    return action


async def _again(transaction: HotTransaction, notice: PaymentNotice) -> str:
    """A payment is captured once. Told again, nothing follows; told otherwise, staff look at it."""
    note, payment = notice.note, notice.payment
    if (note.amount, note.currency) == (payment["captured"], payment["captured_currency"]):
        return await record(transaction, notice, "already_captured")
    captured = f"{payment['captured']} {payment['captured_currency']}"
    change = notice.change("doubt")
    reason = f"PaymentNotice of a capture of {note.amount} {note.currency} after one of {captured}: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return await write_payment(transaction, notice, change, "captured_otherwise")


def _taken(notice: PaymentNotice, action: str, facts: PaymentFacts) -> OrderChange | None:
    """The order's row that takes this capture, or None: then it goes back."""
    if facts.currency != notice.loaded.order.currency:
        return None
    try:
        return advance.take(notice.loaded.order, PROVIDER, action, notice.loaded.now, command={}, payment=facts)
    except (TransitionError, GuardError, NotYoursError):
        return None


def _book_capture(change: OrderChange, notice: PaymentNotice) -> None:
    """The capture comes from the provider, before any row moves it on."""
    note, payment = notice.note, notice.payment
    moved_on = change.rows.pop("postings", [])
    change.post(
        ledger.provider(notice.provider), ledger.unapplied(payment["id"]), note.amount, payment["id"], note.currency
    )
    change.rows["postings"] += moved_on
    change_payment(
        change,
        payment,
        "capture",
        PROVIDER,
        captured=note.amount,
        captured_currency=note.currency,
        provider_id=note.payment_provider_id,
        captured_at=notice.loaded.now,
        failure=None,
    )


async def _return_capture(transaction: HotTransaction, notice: PaymentNotice) -> str:
    """No row takes it: the whole capture goes back to its payer, and staff look at it."""
    note, payment = notice.note, notice.payment
    change = notice.change("capture")
    _book_capture(change, notice)
    change.post(
        ledger.unapplied(payment["id"]), ledger.refund(payment["id"]), note.amount, payment["id"], note.currency
    )
    add_refund(change, new_id(), payment["id"], note.amount, note.currency)
    expected = f"{payment['amount']} {payment['currency']} for an order that is {notice.loaded.order.status}"
    reason = f"Captured {note.amount} {note.currency}, expected {expected}: refunded whole."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    _write_event(change, notice, "payment.failed")
    return await write_payment(transaction, notice, change, "returned")


def _write_event(change: OrderChange, notice: PaymentNotice, topic: str) -> None:
    payment, order = notice.payment, notice.loaded.order
    data = {
        "payment": {
            "id": show_id("pay", payment["id"]),
            "order_id": show_id("ord", order.id),
            "extra_id": show_id("ext", payment["extra_id"]) if payment["extra_id"] else None,
            "amount": {"amount": notice.note.amount, "currency": notice.note.currency},
            "method": payment["method"],
            "reason": notice.note.reason,
        },
        "order": {"id": show_id("ord", order.id), "title": words.to_both(notice.loaded).text(order.title)},
        "tells": ["buyer"],
    }
    change.event(topic, show_id("pay", payment["id"]), payment["version"] + 1, data, both=False)
