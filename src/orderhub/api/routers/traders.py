"""Professional sellers: what an account submits of itself, and what support decides."""

from typing import Annotated

from fastapi import Body, Query

from orderhub.api.dependencies import DatabaseSession, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Omittable, PageOut, TraderId
from orderhub.api.schemas.traders import TraderDecision, TraderIn, TraderOut, VerifyTrader
from orderhub.api.staff_permissions import OfSupport, Support
from orderhub.domain.accounts.errors import OwnAccountError
from orderhub.domain.traders import queries, service
from orderhub.domain.traders.errors import TraderDecidedError, TraderNotFoundError
from orderhub.domain.traders.models import TraderStatus
from orderhub.infra.business_clock import business_now

router = Router(route_class=IdempotentRoute)


@router.get("/me/trader", summary="Show one's own business", responses=problems(401, TraderNotFoundError))
async def get_my_trader(session: DatabaseSession, caller: SignedIn) -> TraderOut:
    """What one submitted last as a professional seller, what staff said of it, and what is in force."""
    return TraderOut.shown(await queries.own_trader(session, caller.account_id))


@router.put("/me/trader", summary="Submit one's business", responses=problems(401, 422))
async def update_my_trader(session: DatabaseSession, caller: SignedIn, body: TraderIn) -> TraderOut:
    """Say that one sells as a professional. Staff verify it; what they verified before holds meanwhile.

    Consumers may send back within 14 days what they bought from a professional, and see who that is.
    """
    now = await business_now(session)
    return TraderOut.shown(await service.submit(session, caller.account_id, body.facts(), now=now))


@router.get("/staff/traders", summary="List traders", dependencies=[OfSupport])
async def list_staff_traders(
    session: DatabaseSession,
    page: PageParams,
    status: Annotated[Omittable[TraderStatus], Query(description="Only those with this status.")] = None,
) -> PageOut[TraderOut]:
    """What accounts submitted of themselves as professional sellers, newest first."""
    return show_page(await queries.traders(session, page, status), TraderOut.shown)


@router.get(
    "/staff/traders/{trader_id}",
    summary="Read a trader",
    dependencies=[OfSupport],
    responses=problems(TraderNotFoundError),
)
async def get_staff_trader(session: DatabaseSession, trader_id: TraderId) -> TraderOut:
    """One submission, as long as none took its place."""
    return TraderOut.shown(await queries.find_trader(session, trader_id))


@router.post(
    "/staff/traders/{trader_id}/decisions",
    summary="Decide about a trader",
    responses=problems(OwnAccountError, TraderNotFoundError, TraderDecidedError, 422),
)
async def act_on_trader(
    session: DatabaseSession, caller: Support, trader_id: TraderId, body: Annotated[TraderDecision, Body()]
) -> TraderOut:
    """Verify or refuse what was submitted, or revoke what is in force. The account is told; the audit notes it."""
    reason = None if isinstance(body, VerifyTrader) else body.reason
    decision, now = service.Decision(body.action), await business_now(session)
    trader = await service.decide(session, trader_id, decision, by=caller.account_id, reason=reason, now=now)
    return TraderOut.shown(trader)
