"""The photos of people: which may be one, and that anybody sees them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.photos import Photo, check_photo, photo_of
from orderhub.domain.files.queries import own_file
from orderhub.domain.files.visibility import Viewer, shows_files

_POINTER = "/photo_id"


async def set_portrait(session: AsyncSession, account: Account, file_id: UUID | None) -> None:
    """Show a person by an upload of their own, or by none.

    Raises FileUnusableError for a file that isn't theirs, PhotoUnusableError for one that is no photo.
    """
    photo = None
    if file_id is not None:
        photo = check_photo(await own_file(session, file_id, owner_id=account.id, pointer=_POINTER), _POINTER)
    account.photo_id, account.photo_width, account.photo_height = photo or (None, None, None)


def portrait_of(account: Account) -> Photo | None:
    """The photo of a person."""
    return photo_of(account.photo_id, account.photo_width, account.photo_height)


@shows_files
async def is_portrait(session: AsyncSession, file_id: UUID, _viewer: Viewer | None) -> bool:
    """Anybody sees the photos of people."""
    return await session.scalar(select(Account.id).where(Account.photo_id == file_id).limit(1)) is not None
