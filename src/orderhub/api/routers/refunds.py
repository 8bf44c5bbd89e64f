"""Refunds: how they stand, and what finance does about a failed one."""

from fastapi import APIRouter

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, SignedIn
from orderhub.api.idempotency import REQUIRED, IdempotentRoute, idempotency
from orderhub.api.problems import problems
from orderhub.api.schemas.base import RefundId
from orderhub.api.schemas.orders.order import RefundOut
from orderhub.api.schemas.refund_actions import PaidByHand, RefundAction
from orderhub.api.shown_payments import show_refund
from orderhub.domain.orders import queries
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.orders.state import actor_on
from orderhub.domain.payments import refunds as service
from orderhub.domain.payments.errors import RefundNotFoundError
from orderhub.domain.payments.models import Refund
from orderhub.domain.refusals import NotYoursError, StaffPartyError, TransitionError
from orderhub.infra.business_clock import business_now

router = APIRouter(prefix="/refunds/{refund_id}", tags=["payments"], route_class=IdempotentRoute)


async def _visible(session: DatabaseSession, caller: Caller, refund_id: RefundId) -> Refund:
    """A refund that a party of its order, or staff, may see. Raises RefundNotFoundError."""
    refund = await session.get(Refund, refund_id)
    if refund is None:
        raise RefundNotFoundError
    try:
        await queries.visible_order(session, refund.order_id, caller.account_id, staff=bool(caller.roles))
    except OrderNotFoundError:
        raise RefundNotFoundError from None
    return refund


@router.get("", summary="Read a refund", responses=problems(RefundNotFoundError))
async def read_refund(
    session: DatabaseSession, caller: SignedIn, refund_id: RefundId, language: AskedLanguage
) -> RefundOut:
    """The refund as it stands, for the parties of its order and for staff."""
    return show_refund(await _visible(session, caller, refund_id), language)


@router.post(
    "/transitions",
    summary="Act on a failed refund",
    responses=problems(RefundNotFoundError, NotYoursError, StaffPartyError, TransitionError),
)
@idempotency(REQUIRED)
async def act_on_refund(
    session: DatabaseSession, caller: SignedIn, refund_id: RefundId, body: RefundAction, language: AskedLanguage
) -> RefundOut:
    """Finance send it once more, or say how it was paid by hand."""
    refund = await _visible(session, caller, refund_id)
    order = await queries.visible_order(session, refund.order_id, caller.account_id, staff=bool(caller.roles))
    actor = actor_on(order.buyer_id, order.seller_id, caller.account_id, caller.roles)
    now = await business_now(session)
    if isinstance(body, PaidByHand):
        refund = await service.paid_by_hand(session, refund_id, actor, body.reference, now)
    else:
        refund = await service.retry(session, refund_id, actor, now)
    return show_refund(refund, language)
