"""Reads of files, for those who may see them and for those who attach them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.errors import FileNotFoundHereError, FileUnusableError
from orderhub.domain.files.models import File, FilePurpose, Original
from orderhub.domain.files.visibility import Viewer, may_see, may_see_original
from orderhub.kit.errors import FieldError
from orderhub.kit.text import Label


async def get_visible(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> File:
    """A file that the viewer may see. Raises FileNotFoundHereError."""
    file = await _get(session, file_id)
    if file is None or not await may_see(session, file, viewer):
        raise not_found()
    return file


async def get_original(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> tuple[File, Original]:
    """A file that was kept as it came, and that the viewer may have so. Raises FileNotFoundHereError."""
    file = await get_visible(session, file_id, viewer)
    original = file.original
    if original is None or not may_see_original(file, viewer):
        raise not_found()
    return file, original


async def get_photo(session: AsyncSession, file_id: UUID) -> File:
    """A photo that anybody may see, without being signed in. Raises FileNotFoundHereError."""
    file = await _get(session, file_id)
    if file is None or file.purpose != FilePurpose.PHOTO or not await may_see(session, file, None):
        raise not_found()
    return file


async def get_own(session: AsyncSession, file_id: UUID) -> File:
    """A file that its owner asks for again. Raises FileNotFoundHereError."""
    file = await _get(session, file_id)
    if file is None:
        raise not_found()
    return file


def not_found() -> FileNotFoundHereError:
    """The answer about a file that is absent, hidden, or whose content is gone."""
    return FileNotFoundHereError(
        Label(
            "Il n’y a pas un tel fichier, ou vous ne pouvez pas le voir.",
            "There is no such file, or you may not see it.",
        )
    )


async def files_by_id(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, File]:
    """Several files at once, for a list that shows them; those that are gone are left out."""
    if not ids:
        return {}
    found = await session.scalars(select(File).where(File.id.in_(ids), File.forgotten_at.is_(None)))
    return {file.id: file for file in found}


async def own_files(session: AsyncSession, ids: Sequence[UUID], *, owner_id: UUID, pointer: str) -> Sequence[File]:
    """The files that somebody attaches, in their order: each their own, none twice.

    ``pointer`` is where the ids stand in the request, such as ``/file_ids``. Raises FileUnusableError.
    """
    found = await files_by_id(session, ids)
    for place, file_id in enumerate(ids):
        file = found.get(file_id)
        if file is None or file.owner_id != owner_id or file_id in ids[:place]:
            detail = Label(
                "Joignez des fichiers que vous avez envoyés vous-même, chacun une fois.",
                "Attach files that you uploaded yourself, each once.",
            )
            raise FileUnusableError(detail, errors=(FieldError(f"{pointer}/{place}", FileUnusableError.code, detail),))
    return [found[file_id] for file_id in ids]


async def own_file(session: AsyncSession, file_id: UUID, *, owner_id: UUID, pointer: str) -> File:
    """The one file that somebody names at ``pointer``, their own. Raises FileUnusableError."""
    file = await _get(session, file_id)
    if file is None or file.owner_id != owner_id:
        detail = Label("Donnez un fichier que vous avez envoyé vous-même.", "Give a file that you uploaded yourself.")
        raise FileUnusableError(detail, errors=(FieldError(pointer, FileUnusableError.code, detail),))
    return file


async def _get(session: AsyncSession, file_id: UUID) -> File | None:
    return await session.scalar(select(File).where(File.id == file_id, File.forgotten_at.is_(None)))
