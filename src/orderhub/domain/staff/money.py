"""Payments and refunds of all orders, for finance."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.payments.models import Payment, Refund
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.pages import Page, PageRequest


async def payments(
    session: AsyncSession,
    page: PageRequest,
    *,
    status: str | None = None,
    provider: str | None = None,
    order_id: UUID | None = None,
) -> Page[Payment]:
    """Payments, newest first; in one status, of one provider, for one order where asked."""
    asked = where_given((Payment.status, status), (Payment.provider, provider), (Payment.order_id, order_id))
    return await newest_first(session, Payment, page, *asked)


async def refunds(
    session: AsyncSession,
    page: PageRequest,
    *,
    status: str | None = None,
    order_id: UUID | None = None,
    payment_id: UUID | None = None,
) -> Page[Refund]:
    """Refunds, newest first; in one status, of one order or payment where asked."""
    asked = where_given((Refund.status, status), (Refund.order_id, order_id), (Refund.payment_id, payment_id))
    return await newest_first(session, Refund, page, *asked)
