"""Payments: closed at the provider when they expire, and asked about when no notification came."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import select

from orderhub.domain.orders.settlement.notifications import apply_notification
from orderhub.domain.payments.models import Payment
from orderhub.domain.payments.ports import (
    NotificationType,
    ProviderRefused,
    ProviderStatus,
)
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.jobs.asked import as_notification
from orderhub.jobs.context import WorkerContext
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import parse_id

NOTIFIED_WITHIN: Final = timedelta(minutes=3)
"""A provider's notification that takes longer is believed lost."""
YOUNG: Final = timedelta(hours=1)
"""Older payments are mostly abandoned, and asked about less often."""
_TOLD: Final = {
    ProviderStatus.REQUIRES_ACTION: NotificationType.PAYMENT_REQUIRES_ACTION,
    ProviderStatus.CAPTURED: NotificationType.PAYMENT_CAPTURED,
    ProviderStatus.FAILED: NotificationType.PAYMENT_FAILED,
    ProviderStatus.CANCELLED: NotificationType.PAYMENT_CANCELLED,
}
_log = structlog.get_logger()


async def close_payment(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Close an expired payment at its provider. One captured meanwhile is applied, so that it goes back."""
    async with context.database.session() as session:
        payment = await session.get(Payment, parse_id("pay", payload["subject"]) or UUID(int=0))
    if payment is None or payment.provider_id is None:
        return
    try:
        await context.payments[payment.provider].close(payment.provider_id)
    except ProviderRefused:
        await _ask(context, payment)


async def ask_about_payments(context: WorkerContext, _payload: Mapping[str, Any]) -> None:
    """Ask the provider about open payments of the last hour of which it has told nothing."""
    await _ask_each(context, await _silent(context.database, YOUNG, NOTIFIED_WITHIN))


async def ask_about_old_payments(context: WorkerContext, _payload: Mapping[str, Any]) -> None:
    """Ask about those that are open for longer."""
    await _ask_each(context, await _silent(context.database, timedelta(days=365), YOUNG))


async def _ask_each(context: WorkerContext, payments: Sequence[Payment]) -> None:
    for payment in payments:
        try:
            await _ask(context, payment)
        except (ProviderRefused, InvalidError) as refused:  # of one that must not hold up the others
            _log.warning("payment_unknown_to_provider", payment=str(payment.id), reason=str(refused))


async def _ask(context: WorkerContext, payment: Payment) -> None:
    """Apply what the provider says now, as if it had just notified it."""
    if payment.provider_id is None:
        return
    found = await context.payments[payment.provider].status(payment.provider_id)
    if found.status in _TOLD and found.status.value != payment.status:
        await apply_notification(context.database, payment.provider, as_notification(_TOLD[found.status], found))


async def _silent(database: Database, older: timedelta, younger: timedelta) -> Sequence[Payment]:
    async with database.session() as session:
        now = await business_now(session)
        wanted = (
            select(Payment)
            .where(
                Payment.status.in_(("created", "requires_action")),
                Payment.provider_id.is_not(None),
                Payment.created_at.between(now - older, now - younger),
            )
            .order_by(Payment.created_at)
        )
        return (await session.scalars(wanted)).all()
