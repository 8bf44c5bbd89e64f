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
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.loading import read_loaded
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.payment_rows import change_payment
from orderhub.domain.orders.settlement import chargebacks
from orderhub.domain.orders.settlement.notice import Told, record, write_payment
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
            told = Told(note, provider, payment, read_loaded(order))
            if not is_possible(note.amount, note.currency):
                return await _disbelieve(transaction, told)
            if row["id"] != named or not _is_theirs(payment, provider, note):
                return await _doubt(transaction, told)
            return await _apply(transaction, told)
    except asyncpg.UniqueViolationError as error:
        if chargebacks.ONE_CHARGEBACK in str(error):
            raise ConflictError("Another payment's chargeback with its id came at once.", retry_after=1) from None
        if "pk_payment_notifications" not in str(error):
            raise
        return "repeated"


def _is_theirs(payment: Mapping[str, Any], provider: str, note: Notification) -> bool:
    """Whether the payment was begun with this provider, and is the one that it means."""
    return payment["provider"] == provider and payment["provider_id"] in (None, note.payment_provider_id)


async def _apply(transaction: HotTransaction, told: Told) -> str:
    if told.note.type in chargebacks.TYPES:
        return await chargebacks.apply(transaction, told)
    action = _ACTIONS.get(told.note.type)
    if action is None:
        return await record(transaction, told, "ignored")
    if action == "capture":
        return await _capture(transaction, told)
    return await _change(transaction, told, action)


async def _doubt(transaction: HotTransaction, told: Told) -> str:
    """Its reference and the provider's own id name two payments: nothing is paid by it.

    What was captured of a payment of ours goes back to its payer; staff look at all of it.
    """
    note, payment = told.note, told.payment
    ours = payment["provider_id"] == note.payment_provider_id
    if ours and _ACTIONS.get(note.type) == "capture" and note.amount and not payment["captured"]:
        return await _return_capture(transaction, told)
    draft = told.draft("doubt")
    reason = f"A notification ({note.type}) about {note.payment_provider_id} named {note.reference}: nothing was done."
    open_case(draft, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return await write_payment(transaction, told, draft, "wrong_reference")


async def _disbelieve(transaction: HotTransaction, told: Told) -> str:
    """It speaks of money that nobody can have paid: nothing is done, and staff look at it."""
    note = told.note
    draft = told.draft("doubt")
    reason = f"A notification ({note.type}) says {note.amount} {note.currency}, which can't be: nothing was done."
    open_case(draft, CaseKind.UNAPPLIED_PAYMENT, reason, told.payment["id"])
    return await write_payment(transaction, told, draft, "impossible_amount")


async def _change(transaction: HotTransaction, told: Told, action: str) -> str:
    """The bank asks for more, or the payment failed: the payment alone changes, if it still can."""
    draft = told.draft(action)
    try:
        change_payment(draft, told.payment, action, PROVIDER, failure=told.note.reason)
    except TransitionError:
        return await record(transaction, told, "too_late")
    if action == "fail":
        _tell(draft, told, "payment.failed")
    return await write_payment(transaction, told, draft, action)


async def _capture(transaction: HotTransaction, told: Told) -> str:
    note, payment = told.note, told.payment
    if not note.amount:
        return await record(transaction, told, "nothing_captured")
    if payment["captured"]:
        return await _again(transaction, told)
    facts = PaymentFacts(payment["id"], payment["extra_id"], note.amount, note.currency)
    action = "confirm_extra" if payment["extra_id"] else "confirm_payment"
    draft = _taken(told, action, facts)
    if draft is None:
        return await _return_capture(transaction, told)
    _book_capture(draft, told)
    _tell(draft, told, "payment.confirmed")
    draft.rows["payment_notifications"] = [told.row(action)]
    await engine.write_draft(transaction, told.loaded, draft)
    return action


async def _again(transaction: HotTransaction, told: Told) -> str:
    """A payment is captured once. Told again, nothing follows; told otherwise, staff look at it."""
    note, payment = told.note, told.payment
    if (note.amount, note.currency) == (payment["captured"], payment["captured_currency"]):
        return await record(transaction, told, "already_captured")
    captured = f"{payment['captured']} {payment['captured_currency']}"
    draft = told.draft("doubt")
    reason = f"Told of a capture of {note.amount} {note.currency} after one of {captured}: nothing was done."
    open_case(draft, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return await write_payment(transaction, told, draft, "captured_otherwise")


def _taken(told: Told, action: str, facts: PaymentFacts) -> Draft | None:
    """The order's row that takes this capture, or None: then it goes back."""
    if facts.currency != told.loaded.order.currency:
        return None
    try:
        return advance.advance(told.loaded.order, PROVIDER, action, told.loaded.now, command={}, payment=facts)
    except (TransitionError, GuardError, NotYoursError):
        return None


def _book_capture(draft: Draft, told: Told) -> None:
    """The capture comes from the provider, before any row moves it on."""
    note, payment = told.note, told.payment
    moved_on = draft.rows.pop("postings", [])
    draft.post(
        ledger.provider(told.provider), ledger.unapplied(payment["id"]), note.amount, payment["id"], note.currency
    )
    draft.rows["postings"] += moved_on
    change_payment(
        draft,
        payment,
        "capture",
        PROVIDER,
        captured=note.amount,
        captured_currency=note.currency,
        provider_id=note.payment_provider_id,
        captured_at=told.loaded.now,
        failure=None,
    )


async def _return_capture(transaction: HotTransaction, told: Told) -> str:
    """No row takes it: the whole capture goes back to its payer, and staff look at it."""
    note, payment = told.note, told.payment
    draft = told.draft("capture")
    _book_capture(draft, told)
    draft.post(ledger.unapplied(payment["id"]), ledger.refund(payment["id"]), note.amount, payment["id"], note.currency)
    add_refund(draft, new_id(), payment["id"], note.amount, note.currency)
    expected = f"{payment['amount']} {payment['currency']} for an order that is {told.loaded.order.status}"
    reason = f"Captured {note.amount} {note.currency}, expected {expected}: refunded whole."
    open_case(draft, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    _tell(draft, told, "payment.failed")
    return await write_payment(transaction, told, draft, "returned")


def _tell(draft: Draft, told: Told, topic: str) -> None:
    payment, order = told.payment, told.loaded.order
    data = {
        "payment": {
            "id": show_id("pay", payment["id"]),
            "order_id": show_id("ord", order.id),
            "extra_id": show_id("ext", payment["extra_id"]) if payment["extra_id"] else None,
            "amount": {"amount": told.note.amount, "currency": told.note.currency},
            "method": payment["method"],
            "reason": told.note.reason,
        },
        "order": {"id": show_id("ord", order.id), "title": words.to_both(told.loaded).text(order.title)},
        "tells": ["buyer"],
    }
    draft.event(topic, show_id("pay", payment["id"]), payment["version"] + 1, data, both=False)
