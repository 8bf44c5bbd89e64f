"""Payments and refunds of all orders, for finance."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.pages import Page, PageRequest, cut


async def payments(
    session: AsyncSession,
    page: PageRequest,
    *,
    status: str | None = None,
    provider: str | None = None,
    order_id: UUID | None = None,
) -> Page[Payment]:
    """Payments, newest first; in one status, of one provider, for one order where asked."""
    query = select(Payment).order_by(Payment.id.desc()).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(Payment.id < page.after)
    if status is not None:
        query = query.where(Payment.status == status)
    if provider is not None:
        query = query.where(Payment.provider == provider)
    if order_id is not None:
        query = query.where(Payment.order_id == order_id)
    found: Sequence[Payment] = (await session.scalars(query)).all()
    return cut(found, page.limit, lambda payment: payment.id)


async def refunds(
    session: AsyncSession,
    page: PageRequest,
    *,
    status: str | None = None,
    order_id: UUID | None = None,
    payment_id: UUID | None = None,
) -> Page[Refund]:
    """Refunds, newest first; in one status, of one order or payment where asked."""
    query = select(Refund).order_by(Refund.id.desc()).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(Refund.id < page.after)
    if status is not None:
        query = query.where(Refund.status == status)
    if order_id is not None:
        query = query.where(Refund.order_id == order_id)
    if payment_id is not None:
        query = query.where(Refund.payment_id == payment_id)
    found: Sequence[Refund] = (await session.scalars(query)).all()
    return cut(found, page.limit, lambda refund: refund.id)
