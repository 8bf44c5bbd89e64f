"""Everything that waits for staff, each as one select with the same columns; `everything` is their union.

Orders and quotes by their status, proofs under review, open cases, and refunds that the provider
refused and that no open case speaks of. What waits for a buyer's answer does not wait for staff.
"""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    DateTime,
    Select,
    Uuid,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Proof, Refund
from orderhub.domain.quotes.models import Quote
from orderhub.domain.staff.waiting_kinds import WaitKind

Wait = Select[*tuple[Any, ...]]

_NO_ID: Final = cast(null(), Uuid)
_HOUSE_SELLS: Final = Order.kind == literal_column("'sourced'")
"""Written out, as the partial index has it: a plan for any parameter could not use that index."""
_UNCHANGING: Final = func.coalesce(Order.sourcing["change"].astext, "") == ""
"""No proposed change waits for the buyer."""
_NOT_ARRANGED: Final = func.coalesce(Order.sourcing["pick_up"].astext, "") == ""
_CANCELLATION_ASKED: Final = Order.cancellation["at"].astext.is_not(None)


def everything() -> CompoundSelect[*tuple[Any, ...]]:
    """All of it, as columns ``id``, ``prefix``, ``kind``, ``order_id``, ``payment_id``, ``about``, ``since``."""
    return union_all(
        _quotes(),
        _proofs(),
        _sourced(WaitKind.PURCHASE, "confirmed", _UNCHANGING, ~_CANCELLATION_ASKED),
        _cancellations(),
        _sourced(WaitKind.FORWARDING, "purchased", _UNCHANGING),
        _sourced(WaitKind.RECEIPT, "in_transit"),
        _sourced(WaitKind.FINAL_INVOICE, "arrived"),
        _sourced(WaitKind.HAND_OVER, "ready", _NOT_ARRANGED),
        _sourced(WaitKind.HOUSE_DISPUTE, "disputed"),
        _orders(WaitKind.DISPUTE, Order.status_since, Order.status == "disputed", ~_HOUSE_SELLS),
        _open_cases(),
        _failed_refunds(),
    )


def _orders(kind: WaitKind, since: ColumnElement[Any] | Any, *conditions: ColumnElement[bool]) -> Wait:
    return select(
        Order.id,
        literal("ord").label("prefix"),
        literal(kind.value).label("kind"),
        Order.id.label("order_id"),
        _NO_ID.label("payment_id"),
        Order.title.label("about"),
        since.label("since"),
    ).where(*conditions)


def _sourced(kind: WaitKind, status: str, *conditions: ColumnElement[bool]) -> Wait:
    return _orders(kind, Order.status_since, *_open(status), *conditions)


def _cancellations() -> Wait:
    asked_at = cast(Order.cancellation["at"].astext, DateTime(timezone=True))
    return _orders(WaitKind.CANCELLATION, asked_at, *_open("confirmed"), _UNCHANGING, _CANCELLATION_ASKED)


def _open(status: str) -> tuple[ColumnElement[bool], ...]:
    """An order of the house in this status, which isn't a final one."""
    return (_HOUSE_SELLS, Order.final_at.is_(None), Order.status == status)


def _quotes() -> Wait:
    return select(
        Quote.id,
        literal("quo").label("prefix"),
        literal(WaitKind.QUOTE.value).label("kind"),
        _NO_ID.label("order_id"),
        _NO_ID.label("payment_id"),
        Quote.title.label("about"),
        Quote.status_since.label("since"),
    ).where(Quote.status.in_(("requested", "in_preparation", "changes_requested")), Quote.final_at.is_(None))


def _proofs() -> Wait:
    return (
        select(
            Proof.id,
            literal("pro").label("prefix"),
            literal(WaitKind.PROOF_REVIEW.value).label("kind"),
            Proof.order_id,
            Proof.payment_id,
            Order.title.label("about"),
            Proof.submitted_at.label("since"),
        )
        .join(Order, Order.id == Proof.order_id)
        .where(Proof.status == "under_review")
    )


def _open_cases() -> Wait:
    return select(
        Case.id,
        literal("cas").label("prefix"),
        Case.kind,
        Case.order_id,
        Case.payment_id,
        Case.reason.label("about"),
        Case.opened_at.label("since"),
    ).where(Case.closed_at.is_(None))


def _failed_refunds() -> Wait:
    spoken_of = exists().where(
        Case.payment_id == Refund.payment_id,
        Case.kind == CaseKind.FAILED_REFUND.value,
        Case.closed_at.is_(None),
    )
    return select(
        Refund.id,
        literal("rfd").label("prefix"),
        literal(WaitKind.FAILED_REFUND.value).label("kind"),
        Refund.order_id,
        Refund.payment_id,
        func.coalesce(Refund.failure, "").label("about"),
        func.coalesce(Refund.settled_at, Refund.created_at).label("since"),
    ).where(Refund.status == "failed", ~spoken_of)
