"""What uploads hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import false, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import ENDING, FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.files.keeping import kept_of
from orderhub.domain.files.models import File, Original
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import show_id


async def export_files(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every file that the person uploaded; each is downloaded by its id, and so is its thumbnail."""
    found = await session.scalars(
        select(File).where(File.owner_id == account_id, File.forgotten_at.is_(None)).order_by(File.id)
    )
    return [
        {
            "id": show_id("fil", file.id),
            "purpose": file.purpose,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256.hex(),
            "width": file.width,
            "height": file.height,
            "original": _show_original(file.original),
            "thumbnail_size": file.thumbnail_size,
            "created_at": show_instant(file.created_at),
        }
        for file in found
    ]


def _show_original(original: Original | None) -> dict[str, Any] | None:
    if original is None:
        return None
    return {"media_type": original.media_type, "size": original.size, "sha256": original.sha256.hex()}


async def erase_files(session: AsyncSession, account_id: UUID) -> None:
    """Forget them all but those that are somebody else's by now, or the books'; these lose their names."""
    mine = File.owner_id == account_id
    is_kept = or_(false(), *(File.id.in_(kept) for kept in kept_of(account_id)))
    nameless = FORGOTTEN + func.coalesce(func.substring(File.name, ENDING), "")
    without_sync = {"synchronize_session": False}
    await session.execute(update(File).where(mine, is_kept).values(name=nameless), execution_options=without_sync)
    await session.execute(
        update(File).where(mine, not_(is_kept)).values(name=FORGOTTEN, forgotten_at=real_now()),
        execution_options=without_sync,
    )


FILES = Holding(export_files, erase_files)
