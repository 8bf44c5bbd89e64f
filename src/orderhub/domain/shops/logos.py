"""The logos of shops: which file may be one, and who sees it."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.errors import PhotoUnusableError
from orderhub.domain.files.errors import FileUnusableError
from orderhub.domain.files.models import FilePurpose
from orderhub.domain.files.queries import files_by_id
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.shops.access import is_staff
from orderhub.domain.shops.models import Shop, ShopMember
from orderhub.kit.errors import FieldError
from orderhub.kit.text import Label

_POINTER = "/logo_file_id"


async def check_logo(session: AsyncSession, file_id: UUID, owner_id: UUID) -> None:
    """Raises FileUnusableError for a file that isn't theirs, PhotoUnusableError for one that is no photo."""
    file = (await files_by_id(session, [file_id])).get(file_id)
    if file is None or file.owner_id != owner_id:
        detail = Label("Donnez un fichier que vous avez envoyé vous-même.", "Give a file that you uploaded yourself.")
        raise FileUnusableError(detail, errors=(FieldError(_POINTER, FileUnusableError.code, detail),))
    if file.purpose != FilePurpose.PHOTO:
        detail = Label("Envoyez l’image avec le but « photo ».", "Upload the image with the purpose 'photo'.")
        raise PhotoUnusableError(detail, errors=(FieldError(_POINTER, PhotoUnusableError.code, detail),))


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
