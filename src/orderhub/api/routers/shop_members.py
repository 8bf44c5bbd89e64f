"""The members of a partner shop: seen and chosen by its owners and by staff."""

from typing import Annotated

from fastapi import Depends, status

from orderhub.api.dependencies import DatabaseSession, Photos
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.problems import problems
from orderhub.api.routers.shops import SignedInViewer
from orderhub.api.routing import Router
from orderhub.api.schemas.base import AccountId, ShopId
from orderhub.api.schemas.shops import ShopMemberIn, ShopMemberOut, ShopMembersOut
from orderhub.domain.accounts.errors import AccountNotFoundError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.shops import access, members
from orderhub.domain.shops.errors import LastOwnerError, MemberNotFoundError, ShopNotFoundError
from orderhub.domain.shops.models import Shop
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import ForbiddenError

router = Router(prefix="/shops/{shop_id}/members", route_class=IdempotentRoute)


async def read_shop_to_look_into(session: DatabaseSession, viewer: SignedInViewer, shop_id: ShopId) -> Shop:
    """The shop of the path, for an owner or staff."""
    return await access.shop_to_look_into(session, shop_id, viewer)


async def read_shop_to_run(session: DatabaseSession, viewer: SignedInViewer, shop_id: ShopId) -> Shop:
    """The shop of the path, locked, for an owner or staff."""
    return await access.shop_to_run(session, shop_id, viewer)


async def read_shop_to_leave(
    session: DatabaseSession, viewer: SignedInViewer, shop_id: ShopId, account_id: AccountId
) -> Shop:
    """The same, or for a member who leaves it."""
    return await access.shop_to_run(session, shop_id, viewer, leaving=account_id)


@router.get("", summary="List the members of a shop", responses=problems(ForbiddenError, ShopNotFoundError))
async def list_shop_members(
    session: DatabaseSession, photos: Photos, shop: Annotated[Shop, Depends(read_shop_to_look_into)]
) -> ShopMembersOut:
    """Who edits the shop, the first added first."""
    found = await members.members_of(session, shop.id)
    return ShopMembersOut(data=[ShopMemberOut.of(member, account, photos) for member, account in found])


@router.post(
    "",
    summary="Add a member to a shop",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ForbiddenError, ShopNotFoundError, AccountNotFoundError, LimitReachedError, LastOwnerError),
)
async def create_shop_member(
    session: DatabaseSession,
    photos: Photos,
    viewer: SignedInViewer,
    shop: Annotated[Shop, Depends(read_shop_to_run)],
    body: ShopMemberIn,
) -> ShopMemberOut:
    """Let somebody edit the shop. Who is a member already gets the role that is asked for."""
    now = await business_now(session)
    member, account = await members.set_member(session, shop, body.membership(), actor=viewer, now=now)
    return ShopMemberOut.of(member, account, photos)


@router.delete(
    "/{account_id}",
    summary="Remove a member from a shop",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ForbiddenError, ShopNotFoundError, MemberNotFoundError, LastOwnerError),
)
async def delete_shop_member(
    session: DatabaseSession,
    viewer: SignedInViewer,
    shop: Annotated[Shop, Depends(read_shop_to_leave)],
    account_id: AccountId,
) -> None:
    """They edit the shop no more. Editors may remove themselves, too."""
    await members.remove_member(session, shop, account_id, actor=viewer, now=await business_now(session))
