"""The photos of listings: which may be used, and who sees them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.catalog.rules import ON_SHOW
from orderhub.domain.files.photos import check_photo
from orderhub.domain.files.queries import own_files
from orderhub.domain.files.visibility import Viewer, shows_files


async def check_photos(session: AsyncSession, photo_ids: Sequence[UUID], seller_id: UUID) -> None:
    """Raises FileUnusableError for a file that isn't the seller's, PhotoUnusableError for one that is no photo."""
    files = await own_files(session, photo_ids, owner_id=seller_id, pointer="/photo_ids")
    for place, file in enumerate(files):
        check_photo(file, f"/photo_ids/{place}")


@shows_files
async def is_photo_on_show(session: AsyncSession, file_id: UUID, _viewer: Viewer | None) -> bool:
    """Anybody sees the photos of a listing on show, unless its seller is suspended."""
    on_show = (
        select(Listing.id)
        .join(Account, Account.id == Listing.seller_id)
        .where(
            Listing.state.in_(ON_SHOW),
            Listing.photo_ids.contains([file_id]),
            Account.suspended_at.is_(None),
        )
    )
    return await session.scalar(on_show.limit(1)) is not None
