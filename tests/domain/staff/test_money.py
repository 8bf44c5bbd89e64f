"""What finance sees of payments and refunds."""

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.staff import money
from orderhub.kit.ids import new_id
from orderhub.kit.pages import PageRequest


async def test_payments_are_found_by_status_provider_and_order(session: AsyncSession, payment: Payment) -> None:
    page = PageRequest()
    assert [found.id for found in (await money.payments(session, page)).data] == [payment.id]
    assert [found.id for found in (await money.payments(session, page, status="captured")).data] == [payment.id]
    assert (await money.payments(session, page, status="failed")).data == []
    assert (await money.payments(session, page, provider="paypal")).data == []
    assert (await money.payments(session, page, order_id=new_id())).data == []
    assert (await money.payments(session, PageRequest(after=payment.id))).data == []


async def test_refunds_are_found_by_status_order_and_payment(session: AsyncSession, refused_refund: Refund) -> None:
    page = PageRequest()
    assert [found.id for found in (await money.refunds(session, page, status="failed")).data] == [refused_refund.id]
    assert (await money.refunds(session, page, status="pending")).data == []
    assert (await money.refunds(session, page, order_id=new_id())).data == []
    assert (await money.refunds(session, page, payment_id=new_id())).data == []
    assert (await money.refunds(session, PageRequest(after=refused_refund.id))).data == []
