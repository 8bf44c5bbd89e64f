"""Refunds along their table: sent by a job, settled by the provider's word, or by hand.

Each function changes one refund in the caller's session and leaves its history and its event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Posting
from orderhub.domain.events.log import write
from orderhub.domain.payments.errors import RefundNotFoundError
from orderhub.domain.payments.keeping import kept_reason
from orderhub.domain.payments.models import Payment, PaymentNotification, Refund
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.domain.payments.process import REFUND
from orderhub.domain.process import Actor, By, decide
from orderhub.domain.transitions.models import History
from orderhub.infra.locking import locked
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id, parse_id, show_id

JOB: Final = Actor(frozenset({By.JOB}))
PROVIDER: Final = Actor(frozenset({By.PROVIDER}))


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the refund table about to be taken."""

    action: str
    actor: Actor
    now: datetime
    said: dict[str, Any]


async def refund_sent(session: AsyncSession, refund_id: UUID, provider_id: str, now: datetime) -> Refund:
    """The provider took the refund; nothing when it is settled already."""
    refund = await _locked(session, refund_id)
    if refund.status == "pending":
        await _advance(session, refund, Step("send", JOB, now, {"provider_id": provider_id}))
    refund.provider_id = provider_id
    return refund


async def refund_failed(session: AsyncSession, refund_id: UUID, reason: str, now: datetime) -> Refund:
    """The provider refused: the money stays in ``refund:<payment>``, and staff have a case."""
    refund = await _locked(session, refund_id)
    if refund.status in ("pending", "sent"):
        await _fail(session, refund, kept_reason(reason) or "refused", now)
    return refund


async def apply(session: AsyncSession, provider: str, note: Notification, now: datetime) -> str:
    """Apply a verified notification about a refund once; the answer says what came of it.

    Raises InvalidError when it names no refund of ours. A notified amount that isn't the refund's
    settles nothing and becomes a case.
    """
    refund_id = parse_id("rfd", note.reference)
    refund = await locked(session, Refund, refund_id) if refund_id else None
    if refund is None:
        raise InvalidError(f"There is no refund {note.reference!r} here.")
    if await session.get(PaymentNotification, (provider, note.id)) is not None:
        return "repeated"
    outcome = await _apply(session, refund, note, now)
    session.add(_recorded(provider, note, outcome))
    return outcome


async def _apply(session: AsyncSession, refund: Refund, note: Notification, now: datetime) -> str:
    failed = note.type is NotificationType.REFUND_FAILED
    may = ("pending", "sent", "succeeded") if failed and refund.reference is None else ("pending", "sent")
    if refund.status not in may or await _of_an_older_attempt(session, refund, note):
        return "too_late"
    if failed:
        await _fail(session, refund, note.reason or "refused", now, provider_id=note.provider_id)
        return "failed"
    if (note.amount, note.currency) != (refund.amount, refund.currency):
        reason = f"The provider says it refunded {note.amount} {note.currency}, not {refund.amount} {refund.currency}."
        _open_case(session, refund, reason, now)
        return "wrong_amount"
    if refund.status == "pending":
        await _advance(session, refund, Step("send", JOB, now, {"provider_id": note.provider_id}))
        await session.flush()
    refund.provider_id = note.provider_id
    payment = await session.get_one(Payment, refund.payment_id)
    await _settle(session, refund, Step("succeed", PROVIDER, now, {}), ledger.provider(payment.provider))
    return "succeeded"


async def _of_an_older_attempt(session: AsyncSession, refund: Refund, note: Notification) -> bool:
    """Each attempt has an id of its own at the provider; the history keeps those of earlier ones."""
    if refund.provider_id is not None:
        return refund.provider_id != note.provider_id
    of_refund = History.subject_id == refund.id
    earlier = select(History.version).where(of_refund, History.data["provider_id"].astext == note.provider_id)
    return await session.scalar(earlier.limit(1)) is not None


async def retry(session: AsyncSession, refund_id: UUID, actor: Actor, now: datetime) -> Refund:
    """Finance send a failed refund once more, as a new attempt at the provider."""
    refund = await _locked(session, refund_id)
    await _advance(session, refund, Step("retry", actor, now, {}))
    refund.attempts += 1
    refund.provider_id, refund.failure = None, None
    await _tell(session, refund, "refund.pending", now, sequence=refund.version)
    return refund


async def paid_by_hand(session: AsyncSession, refund_id: UUID, actor: Actor, reference: str, now: datetime) -> Refund:
    """Finance paid a failed refund another way, and say how."""
    refund = await _locked(session, refund_id)
    refund.reference = reference
    await _settle(session, refund, Step("paid_by_hand", actor, now, {"reference": reference}), "provider:by_hand")
    return refund


async def _locked(session: AsyncSession, refund_id: UUID) -> Refund:
    refund = await locked(session, Refund, refund_id)
    if refund is None:
        raise RefundNotFoundError
    return refund


async def _settle(session: AsyncSession, refund: Refund, step: Step, target: str) -> None:
    await _advance(session, refund, step)
    refund.settled_at = step.now
    _post(session, refund, ledger.refund(refund.payment_id), target, step)
    await _tell(session, refund, "refund.succeeded", step.now, sequence=refund.version)


async def _fail(
    session: AsyncSession, refund: Refund, reason: str, now: datetime, *, provider_id: str | None = None
) -> None:
    said = {"reason": reason, "provider_id": provider_id or refund.provider_id}
    step = Step("fail", PROVIDER, now, said)
    if refund.settled_at is not None:  # it came back
        payment = await session.get_one(Payment, refund.payment_id)
        _post(session, refund, ledger.provider(payment.provider), ledger.refund(refund.payment_id), step)
    await _advance(session, refund, step)
    refund.failure, refund.settled_at = reason, None
    _open_case(session, refund, f"The provider refused a refund: {reason}.", now)
    await _tell(session, refund, "refund.failed", now, sequence=refund.version)


def _post(session: AsyncSession, refund: Refund, source: str, target: str, step: Step) -> None:
    session.add(
        Posting(
            id=new_id(),
            source=source,
            target=target,
            amount=refund.amount,
            currency=refund.currency,
            order_id=refund.order_id,
            payment_id=refund.payment_id,
            reason=step.action,
            at=step.now,
        )
    )


async def _advance(session: AsyncSession, refund: Refund, step: Step) -> None:
    row = decide(REFUND, refund.status, step.action, step.actor, None)
    left, refund.status = refund.status, REFUND.targets(row)[0].code
    refund.version += 1
    by = next(iter(row.by & step.actor.acts_as))
    session.add(
        History(
            subject_id=refund.id,
            version=refund.version,
            process=REFUND.name,
            from_status=left,
            action=step.action,
            to_status=refund.status,
            by=by.value,
            actor_id=step.actor.account_id,
            at=step.now,
            data=step.said,
        )
    )
    await session.flush()


def _open_case(session: AsyncSession, refund: Refund, reason: str, now: datetime) -> None:
    session.add(
        Case(
            id=new_id(),
            kind=CaseKind.FAILED_REFUND.value,
            order_id=refund.order_id,
            payment_id=refund.payment_id,
            reason=reason,
            opened_at=now,
        )
    )


async def _tell(session: AsyncSession, refund: Refund, topic: str, now: datetime, *, sequence: int) -> None:
    payer = await session.scalar(select(Payment.payer_id).where(Payment.id == refund.payment_id))
    subject = show_id("rfd", refund.id)
    shown = {
        "id": subject,
        "order_id": show_id("ord", refund.order_id),
        "payment_id": show_id("pay", refund.payment_id),
        "amount": {"amount": refund.amount, "currency": refund.currency},
        "status": refund.status,
        "reason": refund.failure,
    }
    data = {"refund": shown, "refund_id": subject, "tells": ["buyer"]}
    write(session, topic=topic, subject=subject, sequence=sequence, parties=(payer, None), at=now, data=data)


def _recorded(provider: str, note: Notification, outcome: str) -> PaymentNotification:
    body = {"reference": note.reference, "amount": note.amount, "currency": note.currency, "reason": note.reason}
    return PaymentNotification(provider=provider, id=note.id, type=note.type.value, body=body, outcome=outcome)
