"""The logos of shops: which file may be one, and who sees it."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.photos import check_photo
from orderhub.domain.files.queries import own_file
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.shops.access import is_staff
from orderhub.domain.shops.models import Shop, ShopMember

_POINTER = "/logo_file_id"


async def check_logo(session: AsyncSession, file_id: UUID, owner_id: UUID) -> None:
    """Raises FileUnusableError for a file that isn't theirs, PhotoUnusableError for one that is no photo."""
    check_photo(await own_file(session, file_id, owner_id=owner_id, pointer=_POINTER), _POINTER)


@shows_files
async def is_logo_on_show(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> bool:
    """Anybody sees the logo of an active shop, its members and staff that of any."""
    on_show: list[ColumnElement[bool]] = [Shop.active.is_(True), literal(is_staff(viewer))]
    if viewer is not None:
        members = select(ShopMember.shop_id).where(
            ShopMember.shop_id == Shop.id, ShopMember.account_id == viewer.account_id
        )
        on_show.append(exists(members))
    shown = select(Shop.id).where(Shop.logo_file_id == file_id, or_(*on_show))
    return await session.scalar(shown.limit(1)) is not None
