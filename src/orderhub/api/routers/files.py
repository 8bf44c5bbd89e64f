"""Uploading files, and reading about them; ``downloads.py`` gives their content.

No handler here keeps a transaction open while a file travels or is looked into: each looks something up or
writes a row in a short unit of work of its own.
"""

from typing import Annotated, Final

from fastapi import Depends, Request, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AppParts, Caller, DatabaseSession, MaybeSignedIn, Parts, TokenHeld, sign_in
from orderhub.api.idempotency import KeyHeader
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import FileId
from orderhub.api.schemas.files import UPLOAD, FileOut, FileReader
from orderhub.api.uploads.form import Sent, read_form
from orderhub.api.uploads.keys import UploadKey
from orderhub.api.uploads.turns import UploadTurns
from orderhub.api.versions import show_place
from orderhub.domain.files import queries
from orderhub.domain.files.counting import UploadBounds, count_kept, count_try
from orderhub.domain.files.errors import (
    FileEmptyError,
    FileNotFoundHereError,
    FileTooLargeError,
    FileTypeRefusedError,
    ImageRefusedError,
    StorageUsedUpError,
    UploadsUsedUpError,
)
from orderhub.domain.files.inspection import Inspected, inspect_apart
from orderhub.domain.files.models import File
from orderhub.domain.files.ports import FileStorage, StorageUnavailableError
from orderhub.domain.files.service import Keys, record, store, take_back
from orderhub.domain.files.visibility import Viewer
from orderhub.infra.business_clock import business_now
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.clock import real_now
from orderhub.kit.errors import DomainError, UnauthenticatedError
from orderhub.kit.ids import show_id

router = Router(prefix="/files")

_TURNS: Final = UploadTurns()


async def get_storage(parts: AppParts) -> FileStorage:
    """Where the bytes are."""
    return parts.others[FileStorage]


Storage = Annotated[FileStorage, Depends(get_storage)]


def reader_of(parts: Parts, caller: Caller | None) -> FileReader:
    """Who reads about files, with links of this instant."""
    if caller is None:
        return FileReader(None, parts.links_for(None))
    return FileReader(Viewer(caller.account_id, caller.roles), parts.links_for(caller.session_id))


@router.post(
    "",
    summary="Upload a file",
    status_code=status.HTTP_201_CREATED,
    openapi_extra=UPLOAD,
    responses=problems(
        FileTooLargeError,
        FileTypeRefusedError,
        ImageRefusedError,
        FileEmptyError,
        UploadsUsedUpError,
        StorageUsedUpError,
        KeyInUseError,
        KeyReusedError,
        StorageUnavailableError,
    ),
)
async def upload_file(
    request: Request, response: Response, parts: AppParts, claims: TokenHeld, storage: Storage, key: KeyHeader = None
) -> FileOut:
    """Accepted by content: JPEG, PNG, WebP and HEIC images, PDF, SVG, JSON, any text in UTF-8, ZIP.

    Images are shown upright, in sRGB and without metadata, HEIC as JPEG; an attached one is kept as it came, too.
    What you upload is yours alone until you attach it.
    """
    async with parts.database.session() as session:
        caller = await sign_in(session, claims)
    async with read_form(request, most=parts.settings.files.max_bytes) as sent:
        upload = await _look_into(sent, parts, caller)
        try:
            keys = await store(storage, upload)
        finally:
            upload.close()
    repeat = UploadKey.of(caller.account_id, key, upload) if key else None
    try:
        file = await _keep(parts, caller, upload, keys, repeat)
    except DomainError:
        await take_back(storage, keys)
        raise
    if file.object_key != keys.shown:
        response.headers["Idempotency-Replayed"] = "true"
        await take_back(storage, keys)
    show_place(response, f"/files/{show_id('fil', file.id)}")
    return FileOut.of(file, reader_of(parts, caller))


async def _look_into(sent: Sent, parts: Parts, caller: Caller) -> Inspected:
    """Once it is whole: who sends slowly has neither a turn nor a connection."""
    async with parts.database.session() as session:
        await count_try(session, caller.account_id, sent.size, _bounds(parts), real_now())
    async with _TURNS.of(caller.account_id):
        isolation: Isolation = parts.others[Isolation]
        return await inspect_apart(sent.content, name=sent.name, purpose=sent.purpose, isolation=isolation)


async def _keep(parts: Parts, caller: Caller, upload: Inspected, keys: Keys, repeat: UploadKey | None) -> File:
    """The row of the upload, or of the first one with its key. Raises a refusal as long as nothing is committed."""
    async with parts.database.session() as session:
        first = await _find_first(session, repeat)
        if first is not None:
            return first
        await count_kept(session, caller.account_id, upload.kept_bytes, _bounds(parts))
        now = await business_now(session)
        file = record(session, upload, keys=keys, owner_id=caller.account_id, now=now)
        if repeat:
            await repeat.keep(session, file.id)
        return file


async def _find_first(session: AsyncSession, repeat: UploadKey | None) -> File | None:
    first = await repeat.find_first(session) if repeat else None
    return await queries.get_own(session, first) if first else None


def _bounds(parts: Parts) -> UploadBounds:
    files = parts.settings.files
    return UploadBounds(files.daily_files, files.daily_bytes, files.kept_bytes)


@router.get("/{file_id}", summary="Read about a file", responses=problems(UnauthenticatedError, FileNotFoundHereError))
async def get_file(parts: AppParts, session: DatabaseSession, caller: MaybeSignedIn, file_id: FileId) -> FileOut:
    """Its type, size and hash, and a link to download it. Photos of active listings are everybody's."""
    reader = reader_of(parts, caller)
    return FileOut.of(await queries.get_visible(session, file_id, reader.viewer), reader)
