"""Refunds: sent to the provider by a job, and asked about when no notification came."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import select

from orderhub.domain.orders.settlement import refunds as service
from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.payments.manual import MANUAL
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.payments.ports import (
    NotificationType,
    ProviderRefused,
    RefundStatus,
    SendRefund,
)
from orderhub.domain.payments.process import REFUND
from orderhub.domain.payments.process import sent as under_way
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.jobs.asked import as_notification
from orderhub.jobs.context import WorkerContext
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import parse_id, show_id

NOTIFIED_WITHIN: Final = timedelta(minutes=5)
"""A provider's notification that takes longer is believed lost."""
_log = structlog.get_logger()
_OUTCOMES: Final = {
    RefundStatus.SUCCEEDED: NotificationType.REFUND_SUCCEEDED,
    RefundStatus.FAILED: NotificationType.REFUND_FAILED,
}


async def send_refund(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Send the refund that the event names. The provider sees one refund however often this runs.

    What was paid by hand goes back by hand: it is finance's at once.

    Raises ProviderUnavailable, so that the queue tries again.
    """
    found = await _pending(context.database, parse_id("rfd", payload["subject"]))
    if found is None:
        return
    refund, payment = found
    if payment.provider == MANUAL:
        await service.refund_failed(context.database, refund.id, "to_be_paid_by_hand")
        return
    try:
        sent = await context.payments[payment.provider].refund(_request(refund, payment))
    except ProviderRefused as refused:
        await service.refund_failed(context.database, refund.id, refused.reason)
    else:
        await service.refund_sent(context.database, refund.id, sent.provider_id)


async def ask_about_refunds(context: WorkerContext, _payload: Mapping[str, Any]) -> None:
    """Ask the provider how refunds ended of which it has told nothing."""
    for refund, payment in await _silent(context.database):
        if refund.provider_id is None:
            continue
        try:
            found = await context.payments[payment.provider].refund_status(refund.provider_id)
            if found.status in _OUTCOMES:
                note = as_notification(_OUTCOMES[found.status], found)
                await apply_notification(context.database, payment.provider, note)
        except (ProviderRefused, InvalidError) as refused:  # of one that must not hold up the others
            _log.warning("refund_unknown_to_provider", refund=str(refund.id), reason=str(refused))


async def _pending(database: Database, refund_id: UUID | None) -> tuple[Refund, Payment] | None:
    wanted = select(Refund, Payment).join(Payment, Payment.id == Refund.payment_id)
    async with database.session() as session:
        row = (await session.execute(wanted.where(Refund.id == refund_id, Refund.status == REFUND.start.code))).first()
    return None if row is None else (row[0], row[1])


async def _silent(database: Database) -> Sequence[tuple[Refund, Payment]]:
    async with database.session() as session:
        before = await business_now(session) - NOTIFIED_WITHIN
        wanted = (
            select(Refund, Payment)
            .join(Payment, Payment.id == Refund.payment_id)
            .where(Refund.status == under_way.code, Refund.created_at < before)
            .order_by(Refund.id)
        )
        return (await session.execute(wanted)).all()


def _request(refund: Refund, payment: Payment) -> SendRefund:
    return SendRefund(
        refund_id=show_id("rfd", refund.id),
        payment_provider_id=payment.provider_id or "",
        amount=refund.amount,
        currency=refund.currency,
        attempt=refund.attempts,
    )
