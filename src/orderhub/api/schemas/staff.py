"""What staff read across orders: the queue, payments, refunds, the audit and the ledger's check."""

from typing import Annotated, Any, Self

from pydantic import Field

from orderhub.api.schemas.base import (
    AccountId,
    Count,
    Duration,
    Instant,
    MoneyOut,
    OrderId,
    Output,
    PaymentId,
    RefundId,
)
from orderhub.api.schemas.process_codes import PaymentStatus, RefundStatus, StaffWaitKind
from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.escrow.check import Report
from orderhub.domain.payments.methods import PaymentMethod
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.staff.queue import Age, Waiting
from orderhub.domain.staff.waiting_kinds import BY_CODE
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language

MOST_FAULTS = 200

Code = Annotated[str, Field(max_length=60)]


class WaitingOut(Output):
    """One thing that waits for staff, and since when."""

    kind: StaffWaitKind
    label: Annotated[str, Field(max_length=100)]
    role: Annotated[StaffRole, Field(description="Whose work it is.")]
    subject: Annotated[
        str, Field(max_length=40, description="What to open: a quote, an order, a proof, a trader, a case or a refund.")
    ]
    order_id: OrderId | None
    payment_id: PaymentId | None
    about: Annotated[str, Field(max_length=5000)]
    since: Instant
    age: Annotated[Duration, Field(description="Business time that it has waited.")]
    working_days: Annotated[Count, Field(description="Whole working days of the house that it has waited.")]
    overdue: Annotated[bool, Field(description="Longer than staff may let it wait.")]

    @classmethod
    def of(cls, item: Waiting, age: Age, language: Language) -> Self:
        """The public form."""
        kind = BY_CODE[item.kind]
        return cls(
            kind=kind.code,
            label=kind.label.within(language),
            role=StaffRole(kind.role),
            subject=show_id(item.prefix, item.id),
            order_id=item.order_id,
            payment_id=item.payment_id,
            about=item.about,
            since=item.since,
            age=age.elapsed,
            working_days=age.working_days,
            overdue=age.is_overdue,
        )


class StaffPaymentOut(Output):
    """A payment as finance sees it."""

    id: PaymentId
    order_id: OrderId
    payer_id: AccountId
    provider: Code
    provider_id: Annotated[str, Field(max_length=200)] | None
    method: PaymentMethod
    status: PaymentStatus
    amount: Annotated[MoneyOut, Field(description="What was asked for.")]
    captured: Annotated[MoneyOut | None, Field(description="What the provider says it took.")]
    failure: Annotated[str, Field(max_length=500)] | None
    created_at: Instant
    captured_at: Instant | None

    @classmethod
    def of(cls, payment: Payment) -> Self:
        """The public form."""
        captured = payment.captured_currency and MoneyOut(amount=payment.captured, currency=payment.captured_currency)
        return cls(
            id=payment.id,
            order_id=payment.order_id,
            payer_id=payment.payer_id,
            provider=payment.provider,
            provider_id=payment.provider_id,
            method=PaymentMethod(payment.method),
            status=payment.status,
            amount=MoneyOut(amount=payment.amount, currency=payment.currency),
            captured=captured or None,
            failure=payment.failure,
            created_at=payment.created_at,
            captured_at=payment.captured_at,
        )


class StaffRefundOut(Output):
    """A refund as finance sees it."""

    id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    status: RefundStatus
    amount: MoneyOut
    provider_id: Annotated[str, Field(max_length=200)] | None
    failure: Annotated[str, Field(max_length=500)] | None
    reference: Annotated[str | None, Field(max_length=200, description="How it was paid by hand, where it was.")]
    created_at: Instant
    settled_at: Instant | None

    @classmethod
    def of(cls, refund: Refund) -> Self:
        """The public form."""
        return cls(
            id=refund.id,
            order_id=refund.order_id,
            payment_id=refund.payment_id,
            status=refund.status,
            amount=MoneyOut(amount=refund.amount, currency=refund.currency),
            provider_id=refund.provider_id,
            failure=refund.failure,
            reference=refund.reference,
            created_at=refund.created_at,
            settled_at=refund.settled_at,
        )


class AuditOut(Output):
    """Who changed what, when, from what to what."""

    at: Instant
    account_id: Annotated[AccountId | None, Field(description="Null for what the installation did by itself.")]
    action: Annotated[
        Code, Field(description="What was done, as the audit calls it; parts of the house add their own.")
    ]
    subject: Annotated[str, Field(max_length=200, description="What was changed: the id or the name of it.")]
    before: Annotated[dict[str, Any] | None, Field(description="Only what differs.")]
    after: Annotated[dict[str, Any] | None, Field(description="Only what differs.")]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        """The public form."""
        return cls(
            at=entry.at,
            account_id=entry.account_id,
            action=entry.action,
            subject=entry.subject,
            before=entry.before,
            after=entry.after,
        )


class LedgerTotalOut(Output):
    """What all ledger accounts of one sort hold together."""

    accounts: Annotated[str, Field(max_length=30, examples=["escrow"])]
    amount: Annotated[MoneyOut, Field(description="What they hold together.")]


class LedgerCheckOut(Output):
    """Whether every promise about money holds."""

    ok: bool
    wrong: Annotated[
        list[Annotated[str, Field(max_length=500)]],
        Field(max_length=MOST_FAULTS, description="A sentence for each thing that is wrong."),
    ]
    wrong_count: Annotated[Count, Field(description="How many there are; the first ones are listed.")]
    totals: Annotated[list[LedgerTotalOut], Field(max_length=10_000)]

    @classmethod
    def of(cls, report: Report) -> Self:
        """The public form."""
        totals = [
            LedgerTotalOut(accounts=total.kind, amount=MoneyOut(amount=total.amount, currency=total.currency))
            for total in report.totals
        ]
        wrong = list(report.wrong)
        return cls(ok=report.ok, wrong=wrong[:MOST_FAULTS], wrong_count=len(wrong), totals=totals)
