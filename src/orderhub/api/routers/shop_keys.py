"""The keys of a partner shop: issued, rotated and revoked by its owners and by staff.

Nothing here is kept under an idempotency key: a secret is shown once, and stored nowhere.
"""

from typing import Annotated

from fastapi import Depends, status

from orderhub.api.dependencies import DatabaseSession
from orderhub.api.problems import problems
from orderhub.api.routers.shop_members import read_shop_to_look_into, read_shop_to_run
from orderhub.api.routers.shops import SignedInViewer
from orderhub.api.routing import Router
from orderhub.api.schemas.base import KeyId
from orderhub.api.schemas.shop_keys import IssuedShopKeyOut, RotateShopKeyIn, ShopKeyIn, ShopKeyOut, ShopKeysOut
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.shops import keys
from orderhub.domain.shops.errors import KeyNotFoundError, ShopNotFoundError
from orderhub.domain.shops.models import Shop
from orderhub.kit.errors import ForbiddenError

router = Router(prefix="/shops/{shop_id}/keys")


@router.get("", summary="List the keys of a shop", responses=problems(ForbiddenError, ShopNotFoundError))
async def list_shop_keys(
    session: DatabaseSession, shop: Annotated[Shop, Depends(read_shop_to_look_into)]
) -> ShopKeysOut:
    """Those that can be used, without their secrets, the first issued first."""
    return ShopKeysOut(data=[ShopKeyOut.of(held) for held in await keys.keys_of(session, shop.id)])


@router.post(
    "",
    summary="Issue a key of a shop",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ForbiddenError, ShopNotFoundError, LimitReachedError),
)
async def create_shop_key(
    session: DatabaseSession, viewer: SignedInViewer, shop: Annotated[Shop, Depends(read_shop_to_run)], body: ShopKeyIn
) -> IssuedShopKeyOut:
    """A key by which the shop's systems act as the shop. Its secret is shown this once: store it now."""
    return IssuedShopKeyOut.of(await keys.issue(session, shop, body.wanted(), actor=viewer))


@router.post(
    "/{key_id}/rotate",
    summary="Rotate a key of a shop",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ForbiddenError, ShopNotFoundError, KeyNotFoundError, LimitReachedError),
)
async def rotate_shop_key(
    session: DatabaseSession,
    viewer: SignedInViewer,
    shop: Annotated[Shop, Depends(read_shop_to_run)],
    key_id: KeyId,
    body: RotateShopKeyIn,
) -> IssuedShopKeyOut:
    """A new key with the name and scopes of the old one, which ends after `overlap`."""
    return IssuedShopKeyOut.of(await keys.rotate(session, shop, key_id, body.overlap, actor=viewer))


@router.delete(
    "/{key_id}",
    summary="Revoke a key of a shop",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ForbiddenError, ShopNotFoundError, KeyNotFoundError),
)
async def revoke_shop_key(
    session: DatabaseSession,
    viewer: SignedInViewer,
    shop: Annotated[Shop, Depends(read_shop_to_run)],
    key_id: KeyId,
) -> None:
    """The next request with it is refused."""
    await keys.revoke(session, shop, key_id, actor=viewer)
