"""Accounts in the hands of staff: find, suspend, reinstate; roles by an admin only."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from orderhub.api.dependencies import Caller, DatabaseSession, Photos, StaffRole
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import AccountId, Flag, Omittable, PageOut
from orderhub.api.schemas.forms import HANDLE_PREFIX
from orderhub.api.schemas.people import Email
from orderhub.api.schemas.staff_accounts import SetRoles, StaffAccountOut, SuspendAccount
from orderhub.api.staff_permissions import Admin
from orderhub.domain.accounts import models, staff
from orderhub.domain.accounts.emails import email_key
from orderhub.domain.accounts.errors import (
    AccountNotFoundError,
    HouseAccountError,
    OwnAccountError,
    StaffAccountError,
)
from orderhub.domain.accounts.handles import LONGEST
from orderhub.domain.accounts.queries import AccountFilter, list_accounts
from orderhub.domain.accounts.staff import Actor
from orderhub.infra.business_clock import business_now

router = Router(route_class=IdempotentRoute, prefix="/staff/accounts")

OfReaders = Depends(StaffRole("support", "finance", "admin"))
"""Whoever answers people needs to find them."""
Suspender = Annotated[Caller, Depends(StaffRole("support", "admin"))]


async def read_filter(
    email: Annotated[Omittable[Email], Query(description="Exactly this address.")] = None,
    handle_prefix: Omittable[Annotated[str, Field(min_length=1, max_length=LONGEST), HANDLE_PREFIX]] = None,
    role: Annotated[Omittable[models.StaffRole], Query(description="Only staff with this role.")] = None,
    suspended: Omittable[Flag] = None,
    confirmed: Omittable[Flag] = None,
) -> AccountFilter:
    """What staff look for."""
    return AccountFilter(email_key(email) if email else None, handle_prefix, role, suspended, confirmed)


@router.get("", dependencies=[OfReaders], summary="Find accounts", responses=problems(401, 403, 422))
async def list_staff_accounts(
    session: DatabaseSession, photos: Photos, wanted: Annotated[AccountFilter, Depends(read_filter)], page: PageParams
) -> PageOut[StaffAccountOut]:
    """Accounts, newest first; the erased ones are not among them."""
    return show_page(await list_accounts(session, wanted, page), lambda account: StaffAccountOut.of(account, photos))


@router.post(
    "/{account_id}/roles",
    summary="Grant and take away roles",
    responses=problems(401, OwnAccountError, HouseAccountError, AccountNotFoundError, 422),
)
async def update_account_roles(
    session: DatabaseSession, photos: Photos, caller: Admin, account_id: AccountId, body: SetRoles
) -> StaffAccountOut:
    """Give an account exactly these roles, never one's own. It has to sign in again; the audit notes it."""
    changed = await staff.set_roles(
        session, _actor(caller), account_id, set(body.roles), now=await business_now(session)
    )
    return StaffAccountOut.of(changed, photos)


@router.post(
    "/{account_id}/suspend",
    summary="Suspend an account",
    responses=problems(401, OwnAccountError, StaffAccountError, HouseAccountError, AccountNotFoundError, 422),
)
async def suspend_account(
    session: DatabaseSession, photos: Photos, caller: Suspender, account_id: AccountId, body: SuspendAccount
) -> StaffAccountOut:
    """Keep a person out, from their next request on. Orders under way go on. Staff are suspended by an admin."""
    suspended = await staff.suspend(session, _actor(caller), account_id, body.reason, now=await business_now(session))
    return StaffAccountOut.of(suspended, photos)


@router.post(
    "/{account_id}/reinstate",
    summary="End a suspension",
    responses=problems(401, OwnAccountError, HouseAccountError, AccountNotFoundError),
)
async def reinstate_account(
    session: DatabaseSession, photos: Photos, caller: Suspender, account_id: AccountId
) -> StaffAccountOut:
    """Let a suspended person sign in again."""
    return StaffAccountOut.of(
        await staff.reinstate(session, _actor(caller), account_id, now=await business_now(session)), photos
    )


def _actor(caller: Caller) -> Actor:
    return Actor(caller.account_id, caller.roles)
