"""Everything that waits for staff, each as one select with the same columns; `everything` is their union.

Orders and quotes by their status, proofs under review, traders to verify, open cases, and refunds that the provider
refused and that no open case speaks of. What waits for a buyer's answer does not wait for staff.
"""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Uuid,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import StaffWait
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Proof, Refund
from orderhub.domain.quotes.models import Quote
from orderhub.domain.staff.waiting_kinds import FAILED_REFUND, PROOF_REVIEW, QUOTE, TRADER
from orderhub.domain.traders.models import Trader, TraderStatus

Wait = Select[*tuple[Any, ...]]

_NO_ID: Final = cast(null(), Uuid)


def everything() -> CompoundSelect[*tuple[Any, ...]]:
    """All of it, as columns ``id``, ``prefix``, ``kind``, ``order_id``, ``payment_id``, ``about``, ``since``."""
    return union_all(
        _quotes(),
        _proofs(),
        _traders(),
        *(_orders(kind.name, wait) for kind in KINDS.values() for wait in kind.waits),
        _open_cases(),
        _failed_refunds(),
    )


def _orders(name: str, wait: StaffWait) -> Wait:
    return select(
        Order.id,
        literal("ord").label("prefix"),
        literal(wait.kind.code).label("kind"),
        Order.id.label("order_id"),
        _NO_ID.label("payment_id"),
        Order.title.label("about"),
        (Order.status_since if wait.since is None else wait.since).label("since"),
    ).where(
        Order.kind == _written(name), Order.status == _written(wait.status), Order.final_at.is_(None), *wait.conditions
    )


def _written(code: str) -> ColumnElement[str]:
    """A code as it stands in the partial indexes: a plan for any parameter could not use them."""
    return literal(code, literal_execute=True)


def _quotes() -> Wait:
    return select(
        Quote.id,
        literal("quo").label("prefix"),
        literal(QUOTE.code).label("kind"),
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
            literal(PROOF_REVIEW.code).label("kind"),
            Proof.order_id,
            Proof.payment_id,
            Order.title.label("about"),
            Proof.submitted_at.label("since"),
        )
        .join(Order, Order.id == Proof.order_id)
        .where(Proof.status == "under_review")
    )


def _traders() -> Wait:
    return select(
        Trader.id,
        literal("trd").label("prefix"),
        literal(TRADER.code).label("kind"),
        _NO_ID.label("order_id"),
        _NO_ID.label("payment_id"),
        Trader.name.label("about"),
        Trader.submitted_at.label("since"),
    ).where(Trader.status == _written(TraderStatus.PENDING.value))


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
        literal(FAILED_REFUND.code).label("kind"),
        Refund.order_id,
        Refund.payment_id,
        func.coalesce(Refund.failure, "").label("about"),
        func.coalesce(Refund.settled_at, Refund.created_at).label("since"),
    ).where(Refund.status == "failed", ~spoken_of)
