"""The queue: everything that waits for staff, in one list, each with its age.

Orders in dispute, open cases, and refunds that the provider refused and that no open case speaks of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, Uuid, cast, exists, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Refund
from orderhub.domain.policies.policy import Policy
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut
from orderhub.kit.text import Label
from orderhub.kit.working_days import WorkingCalendar


class WaitKind(StrEnum):
    """Why something waits; all but `DISPUTE` are kinds of cases."""

    DISPUTE = "dispute"
    PROBLEM = "problem"
    UNAPPLIED_PAYMENT = "unapplied_payment"
    FAILED_REFUND = "failed_refund"
    CHARGEBACK = "chargeback"
    PROOF = "proof"
    CONTACT_DETAILS = "contact_details"
    MAIL = "mail"


LABELS: Final = {
    WaitKind.DISPUTE: Label("Litige à trancher", "Dispute to rule on"),
    WaitKind.PROBLEM: Label("Problème signalé", "Reported problem"),
    WaitKind.UNAPPLIED_PAYMENT: Label("Paiement sans commande", "Payment that no order took"),
    WaitKind.FAILED_REFUND: Label("Remboursement refusé", "Refused refund"),
    WaitKind.CHARGEBACK: Label("Impayé bancaire", "Chargeback"),
    WaitKind.PROOF: Label("Preuve de paiement sans suite", "Proof that its order went on without"),
    WaitKind.CONTACT_DETAILS: Label("Coordonnées masquées", "Masked contact details"),
    WaitKind.MAIL: Label("Message reçu par e-mail", "Message received by e-mail"),
}

ROLES: Final = dict.fromkeys(WaitKind, "support") | {
    WaitKind.UNAPPLIED_PAYMENT: "finance",
    WaitKind.FAILED_REFUND: "finance",
    WaitKind.CHARGEBACK: "finance",
    WaitKind.PROOF: "finance",
}
"""Whose work each is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``prefix`` and ``id`` name it: an order, a case or a refund."""

    id: UUID
    prefix: str
    kind: WaitKind
    order_id: UUID | None
    payment_id: UUID | None
    about: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """How long something has waited, in business time."""

    elapsed: timedelta
    working_days: int
    is_overdue: bool
    """As long as staff may let it wait before they are reminded."""


def age(since: datetime, now: datetime, calendar: WorkingCalendar, policy: Policy) -> Age:
    """How long something has waited at the business instant ``now``."""
    days = calendar.count(since, now)
    return Age(now - since, days, days >= policy.duration("staff_reminder").days)


async def waiting(session: AsyncSession, page: PageRequest, kind: WaitKind | None = None) -> Page[Waiting]:
    """What waits for staff, newest first; of one kind where asked."""
    rows = _everything().subquery()
    query = one_more(select(rows), page, rows.c.id)
    if kind is not None:
        query = query.where(rows.c.kind == kind.value)
    found = [_read(dict(row)) for row in (await session.execute(query)).mappings()]
    return cut(found, page.limit, lambda item: item.id)


def _read(row: Mapping[str, Any]) -> Waiting:
    columns: dict[str, Any] = {**row, "kind": WaitKind(row["kind"])}
    return Waiting(**columns)


def _everything() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(_disputes(), _open_cases(), _failed_refunds())


def _disputes() -> Select[*tuple[Any, ...]]:
    return select(
        Order.id,
        literal("ord").label("prefix"),
        literal(WaitKind.DISPUTE.value).label("kind"),
        Order.id.label("order_id"),
        cast(null(), Uuid).label("payment_id"),
        Order.title.label("about"),
        Order.status_since.label("since"),
    ).where(Order.status == "disputed")


def _open_cases() -> Select[*tuple[Any, ...]]:
    return select(
        Case.id,
        literal("cas").label("prefix"),
        Case.kind,
        Case.order_id,
        Case.payment_id,
        Case.reason.label("about"),
        Case.opened_at.label("since"),
    ).where(Case.closed_at.is_(None))


def _failed_refunds() -> Select[*tuple[Any, ...]]:
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
