"""Refunds: how they stand, and what finance does about a failed one."""

from typing import Annotated

from fastapi import Body, Response

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, SignedIn
from orderhub.api.problems import problems
from orderhub.api.request_context import Acting, respond
from orderhub.api.routers.orders import KEY_ERRORS
from orderhub.api.routing import Router
from orderhub.api.schemas.base import RefundId
from orderhub.api.schemas.orders.order import RefundOut
from orderhub.api.schemas.refund_actions import RefundAction
from orderhub.api.shown_payments import show_refund
from orderhub.domain.orders import queries
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.orders.settlement import refunds as service
from orderhub.domain.payments.errors import RefundNotFoundError
from orderhub.domain.payments.models import Refund
from orderhub.domain.refusals import NotYoursError, StaffPartyError, TransitionError

router = Router(prefix="/refunds/{refund_id}")


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
async def get_refund(
    session: DatabaseSession, caller: SignedIn, refund_id: RefundId, language: AskedLanguage
) -> RefundOut:
    """The refund as it stands, for the parties of its order and for staff."""
    return show_refund(await _visible(session, caller, refund_id), language)


@router.post(
    "/transitions",
    summary="Act on a failed refund",
    response_model=RefundOut,
    responses=problems(*KEY_ERRORS, RefundNotFoundError, NotYoursError, StaffPartyError, TransitionError),
)
async def act_on_refund(
    context: Acting, refund_id: RefundId, body: Annotated[RefundAction, Body()], language: AskedLanguage
) -> Response:
    """Finance send it once more, or say how it was paid by hand."""

    def render(refund: Refund) -> bytes:
        return show_refund(refund, language).model_dump_json().encode()

    command = body.model_dump(exclude={"action"})
    return respond(await service.act(context.database, context.caller, refund_id, body.action, command, render))
