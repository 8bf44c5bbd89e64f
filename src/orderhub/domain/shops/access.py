"""Who may see, edit and run which shop. Staff are those of support and the admins."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.errors import ShopNotFoundError, ShopStaleError
from orderhub.domain.shops.models import Shop, ShopMember, ShopRole
from orderhub.infra.locking import locked
from orderhub.kit.errors import ForbiddenError
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

STAFF_ROLES: Final = frozenset({"support", "admin"})


def is_staff(viewer: Viewer | None) -> bool:
    """Whether this is one of the operator's people who keep the directory."""
    return viewer is not None and bool(STAFF_ROLES & viewer.roles)


async def visible_shop(session: AsyncSession, shop_id: UUID, viewer: Viewer | None) -> Shop:
    """An active shop for anybody, any for its members and staff. Raises ShopNotFoundError."""
    shop = await session.get(Shop, shop_id)
    if shop is None or not (shop.active or is_staff(viewer) or await _role(session, shop_id, viewer)):
        raise _not_found()
    return shop


async def shop_to_edit(
    session: AsyncSession, shop_id: UUID, viewer: Viewer, *, expected: Versions | None = None
) -> Shop:
    """The shop, locked for a change by a member or by staff; ``expected`` is the version that they read, if they say.

    Raises ShopStaleError, ForbiddenError for somebody else's shop that is on show, ShopNotFoundError for any other.
    """
    shop = await _locked(session, shop_id)
    if not is_staff(viewer) and await _role(session, shop_id, viewer) is None:
        raise _refusal(
            shop,
            Label(
                "Seuls ses membres et nos équipes changent une boutique.",
                "Only its members and staff may change a shop.",
            ),
        )
    if expected is not None and shop.version not in expected:
        raise ShopStaleError(
            Label(
                "Relisez la boutique, puis refaites la modification avec son nouvel ETag.",
                "Read the shop again, then repeat the change with its new ETag.",
            )
        )
    return shop


async def shop_to_run(session: AsyncSession, shop_id: UUID, viewer: Viewer, *, leaving: UUID | None = None) -> Shop:
    """The shop, locked for who decides about its members and keys: an owner, staff, or a member who is ``leaving`` it.

    Raises ForbiddenError and ShopNotFoundError as `shop_to_edit` does.
    """
    return await _to_run(session, await _locked(session, shop_id), viewer, leaving)


async def shop_to_look_into(session: AsyncSession, shop_id: UUID, viewer: Viewer) -> Shop:
    """The shop, for who may see its members and keys: the same but for who leaves, and nothing is locked."""
    shop = await session.get(Shop, shop_id)
    if shop is None:
        raise _not_found()
    return await _to_run(session, shop, viewer, None)


async def _to_run(session: AsyncSession, shop: Shop, viewer: Viewer, leaving: UUID | None) -> Shop:
    role = await _role(session, shop.id, viewer)
    leaves = role is not None and leaving == viewer.account_id
    if not (is_staff(viewer) or role is ShopRole.OWNER or leaves):
        raise _refusal(
            shop,
            Label(
                "Seuls ses propriétaires et nos équipes le voient ou en décident. Demandez à un propriétaire.",
                "Only its owners and staff may see or decide this. Ask an owner of the shop.",
            ),
            known=role is not None,
        )
    return shop


async def _locked(session: AsyncSession, shop_id: UUID) -> Shop:
    shop = await locked(session, Shop, shop_id)
    if shop is None:
        raise _not_found()
    return shop


async def _role(session: AsyncSession, shop_id: UUID, viewer: Viewer | None) -> ShopRole | None:
    member = await session.get(ShopMember, (shop_id, viewer.account_id)) if viewer else None
    return ShopRole(member.role) if member else None


def _refusal(shop: Shop, detail: Label, *, known: bool = False) -> ForbiddenError | ShopNotFoundError:
    return ForbiddenError(detail) if shop.active or known else _not_found()


def _not_found() -> ShopNotFoundError:
    return ShopNotFoundError(
        Label(
            "Il n’y a pas une telle boutique, ou elle n’est pas publiée.",
            "There is no such shop, or it is not on show.",
        )
    )
