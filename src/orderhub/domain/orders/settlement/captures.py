"""What a verified notification about a payment does: to the payment, the ledger and its order.

Notifications come late, twice, in any order, or lie about the amount. Every verified capture is
posted to ``unapplied`` first; a row of the order's table takes it into escrow, or it goes back
whole to its payer and becomes a case. All of it is one write.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Text, Uuid, and_, bindparam, or_, select

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, words
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.payment_rows import change_payment
from orderhub.domain.orders.settlement import chargebacks
from orderhub.domain.orders.settlement.notice import PaymentNotice
from orderhub.domain.orders.settlement.payments import PAYMENTS, Held
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.payments.keeping import RepeatedNotificationError, is_repeated, outcome_of
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.taking import take_inside
from orderhub.infra.database import Database, Statement
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id, parse_id, show_id
from orderhub.kit.money import is_possible
from orderhub.kit.text import Label

PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
_WHICH: Final = Statement(
    select(Payment.id, Payment.order_id, is_repeated().label("repeated"))
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
_ACTIONS: Final = {
    NotificationType.PAYMENT_REQUIRES_ACTION: "require_action",
    NotificationType.PAYMENT_CAPTURED: "capture",
    NotificationType.PAYMENT_FAILED: "fail",
}


async def apply(database: Database, provider: str, note: Notification) -> str:
    """Apply a notification about a payment once; the answer says what came of it.

    Raises InvalidError when it names no payment of ours, RepeatedNotificationError, and ConflictError when it
    should come again.
    """
    named = parse_id("pay", note.reference)
    wanted = {"provider": provider, "provider_id": note.payment_provider_id, "note_id": note.id}
    row = await database.row(_WHICH, {**wanted, "payment_id": named})
    if row is None:
        raise InvalidError(
            Label(f"Il n’y a pas ici de paiement {note.reference!r}.", f"There is no payment {note.reference!r} here.")
        )
    if row["repeated"]:
        raise RepeatedNotificationError
    subject = chargebacks.CHARGED if note.type in chargebacks.TYPES else PAYMENTS
    given = {"order_id": row["order_id"], "provider": provider, "provider_id": note.provider_id}

    def decide(held: Held) -> OrderChange:
        notice = PaymentNotice(note, provider, held)
        if not is_possible(note.amount, note.currency):
            return _disbelieve(notice)
        if row["id"] != named or not _is_theirs(held.payment, provider, note):
            return _doubt(notice)
        return _apply(notice)

    return outcome_of(await take_inside(database, subject, row["id"], decide, given=given))


def _is_theirs(payment: Mapping[str, Any], provider: str, note: Notification) -> bool:
    """Whether the payment was begun with this provider, and is the one that it means."""
    return payment["provider"] == provider and payment["provider_id"] in (None, note.payment_provider_id)


def _apply(notice: PaymentNotice) -> OrderChange:
    if notice.note.type in chargebacks.TYPES:
        return chargebacks.decide(notice)
    action = _ACTIONS.get(notice.note.type)
    if action is None:
        return notice.nothing("ignored")
    if action == "capture":
        return _capture(notice)
    return _change(notice, action)


def _doubt(notice: PaymentNotice) -> OrderChange:
    """Its reference and the provider's own id name two payments: nothing is paid by it.

    What was captured of a payment of ours goes back to its payer; staff look at all of it.
    """
    note, payment = notice.note, notice.payment
    ours = payment["provider_id"] == note.payment_provider_id
    if ours and _ACTIONS.get(note.type) == "capture" and note.amount and not payment["captured"]:
        return _return_capture(notice)
    change = notice.change(ledger.DOUBT)
    reason = f"A notification ({note.type}) about {note.payment_provider_id} named {note.reference}: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return notice.kept(change, "wrong_reference")


def _disbelieve(notice: PaymentNotice) -> OrderChange:
    """It speaks of money that nobody can have paid: nothing is done, and staff look at it."""
    note = notice.note
    change = notice.change(ledger.DOUBT)
    reason = f"A notification ({note.type}) says {note.amount} {note.currency}, which can't be: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, notice.payment["id"])
    return notice.kept(change, "impossible_amount")


def _change(notice: PaymentNotice, action: str) -> OrderChange:
    """The bank asks for more, or the payment failed: the payment alone changes, if it still can."""
    change = notice.change(action)
    try:
        change_payment(change, notice.payment, action, PROVIDER, failure=notice.note.reason)
    except TransitionError:
        return notice.nothing("too_late")
    if action == "fail":
        _write_event(change, notice, "payment.failed")
    return notice.kept(change, action)


def _capture(notice: PaymentNotice) -> OrderChange:
    note, payment = notice.note, notice.payment
    if not note.amount:
        return notice.nothing("nothing_captured")
    if payment["captured"]:
        return _again(notice)
    facts = PaymentFacts(payment["id"], payment["extra_id"], note.amount, note.currency)
    action = "confirm_extra" if payment["extra_id"] else "confirm_payment"
    change = _taken(notice, action, facts)
    if change is None:
        return _return_capture(notice)
    _book_capture(change, notice)
    _write_event(change, notice, "payment.confirmed")
    return notice.kept(change, action)


def _again(notice: PaymentNotice) -> OrderChange:
    """A payment is captured once. Told again, nothing follows; told otherwise, staff look at it."""
    note, payment = notice.note, notice.payment
    if (note.amount, note.currency) == (payment["captured"], payment["captured_currency"]):
        return notice.nothing("already_captured")
    captured = f"{payment['captured']} {payment['captured_currency']}"
    change = notice.change(ledger.DOUBT)
    reason = f"Told of a capture of {note.amount} {note.currency} after one of {captured}: nothing was done."
    open_case(change, CaseKind.UNAPPLIED_PAYMENT, reason, payment["id"])
    return notice.kept(change, "captured_otherwise")


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


def _return_capture(notice: PaymentNotice) -> OrderChange:
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
    return notice.kept(change, "returned")


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
