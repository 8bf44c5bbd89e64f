"""What uploads hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.files.models import File, FilePurpose, Original
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import show_id


async def export_files(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every file that the person uploaded; each is downloaded by its id."""
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
            "original": _show_original(file.original),
            "created_at": show_instant(file.created_at),
        }
        for file in found
    ]


def _show_original(original: Original | None) -> dict[str, Any] | None:
    if original is None:
        return None
    return {"media_type": original.media_type, "size": original.size, "sha256": original.sha256.hex()}


async def erase_photos(session: AsyncSession, account_id: UUID) -> None:
    """Photos go. Attachments stay: they are the other party's too, and what a dispute was decided on."""
    await session.execute(
        update(File)
        .where(File.owner_id == account_id, File.purpose == FilePurpose.PHOTO.value)
        .values(forgotten_at=real_now())
        .execution_options(synchronize_session=False)
    )


FILES = Holding(export_files, erase_photos)
