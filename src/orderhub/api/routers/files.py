"""Uploading files, and downloading them through links that expire.

No handler here keeps a transaction open while a file travels: each looks something up or writes a
row in a short unit of work of its own.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response, status
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData, UploadFile

from orderhub.api.dependencies import AppParts, DatabaseSession, MaybeSignedIn, Parts, Public, TokenHeld, sign_in
from orderhub.api.idempotency import KeyHeader
from orderhub.api.problems import problems
from orderhub.api.schemas.base import FileId, WholeNumber
from orderhub.api.schemas.files import UPLOAD, FileOut
from orderhub.api.schemas.forms import HASH
from orderhub.api.upload_keys import UploadKey
from orderhub.domain.files import queries
from orderhub.domain.files.errors import (
    FileEmptyError,
    FileNotFoundHereError,
    FileTooLargeError,
    FileTypeRefusedError,
    ImageRefusedError,
    LinkExpiredError,
)
from orderhub.domain.files.inspection import Inspected, inspect
from orderhub.domain.files.links import FileLinks
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.ports import FileStorage, ObjectMissingError, StorageUnavailableError
from orderhub.domain.files.service import new_key, record
from orderhub.domain.files.visibility import Viewer
from orderhub.infra.business_clock import business_now
from orderhub.infra.idempotency import KeyInUseError, KeyReusedError
from orderhub.kit.clock import real_now
from orderhub.kit.errors import FieldError, InvalidError, UnauthenticatedError, invalid_field

router = APIRouter(prefix="/files", tags=["files"])

_LOOKED_INTO: Final = CapacityLimiter(2)
"""Uploads looked into at once: a decoded image takes up to 160 MB."""
# Every answer says `nosniff`: the middleware sees to that.
_DOWNLOAD_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Front ends of other origins may show it as a picture; what it is was checked when it came.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


async def get_storage(parts: AppParts) -> FileStorage:
    """Where the bytes are."""
    return parts.others[FileStorage]


async def get_links(parts: AppParts) -> FileLinks:
    """What signs download links."""
    return parts.others[FileLinks]


Storage = Annotated[FileStorage, Depends(get_storage)]
Links = Annotated[FileLinks, Depends(get_links)]


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
        KeyInUseError,
        KeyReusedError,
        StorageUnavailableError,
    ),
)
async def upload_file(
    request: Request,
    response: Response,
    parts: AppParts,
    claims: TokenHeld,
    storage: Storage,
    links: Links,
    key: KeyHeader = None,
) -> FileOut:
    """Accepted by content: JPEG, PNG and WebP images, PDF, plain text in UTF-8, ZIP.

    Images are kept upright and without metadata. What you upload is yours alone until you attach it.
    """
    async with parts.database.session() as session:
        caller = await sign_in(session, claims)
    async with _read_upload(request, parts) as upload:
        object_key = new_key(real_now())
        await storage.put(object_key, upload.content)
    repeat = UploadKey.of(caller.account_id, key, upload) if key else None
    async with parts.database.session() as session:
        file = await _find_first(session, repeat)
        if file is None:
            now = await business_now(session)
            file = record(session, upload, key=object_key, owner_id=caller.account_id, now=now)
            if repeat:
                await repeat.keep(session, file.id)
        else:
            response.headers["Idempotency-Replayed"] = "true"
    return FileOut.of(file, links, real_now())


async def _find_first(session: AsyncSession, repeat: UploadKey | None) -> File | None:
    first = await repeat.find_first(session) if repeat else None
    return await queries.get_linked(session, first) if first else None


@router.get("/{file_id}", summary="Read about a file", responses=problems(UnauthenticatedError, FileNotFoundHereError))
async def get_file(session: DatabaseSession, caller: MaybeSignedIn, file_id: FileId, links: Links) -> FileOut:
    """Its type, size and hash, and a link to download it. Photos of active listings are everybody's."""
    viewer = Viewer(caller.account_id, caller.roles) if caller else None
    return FileOut.of(await queries.get_visible(session, file_id, viewer), links, real_now())


@router.get(
    "/{file_id}/content",
    summary="Download a file",
    dependencies=[Public],
    response_class=StreamingResponse,
    responses={
        200: {"description": "The content.", "content": {"application/octet-stream": {}}},
        **problems(LinkExpiredError, FileNotFoundHereError, StorageUnavailableError),
    },
)
async def download_file(
    parts: AppParts,
    storage: Storage,
    links: Links,
    file_id: Annotated[FileId, Path()],
    expires: Annotated[WholeNumber, Query(ge=0, le=10**11, description="As the link has it.")],
    signature: Annotated[str, Query(min_length=64, max_length=64), HASH],
) -> StreamingResponse:
    """The content behind the `url` of a file, as an attachment."""
    now = real_now()
    links.check(file_id, expires=expires, signature=signature, now=now)
    async with parts.database.session() as session:
        file = await queries.get_linked(session, file_id)
    try:
        content = await storage.open(file.object_key)
    except ObjectMissingError:
        raise queries.not_found() from None
    headers = {
        **_DOWNLOAD_HEADERS,
        "Content-Length": str(file.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": f"private, max-age={expires - int(now.timestamp())}, immutable",
    }
    return StreamingResponse(content, media_type=_shown_type(file.media_type), headers=headers)


def _shown_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@asynccontextmanager
async def _read_upload(request: Request, parts: Parts) -> AsyncGenerator[Inspected]:
    """The form's file, looked into in a thread and closed at the end."""
    most = parts.settings.files.max_bytes
    async with request.form(max_files=1, max_fields=4, max_part_size=100) as form:
        file, purpose = _check_form(form, most)
        upload = await to_thread.run_sync(
            lambda: inspect(file.file, name=file.filename or "", purpose=purpose),
            limiter=_LOOKED_INTO,
        )
        try:
            yield upload
        finally:
            upload.content.close()


def _check_form(form: FormData, most: int) -> tuple[UploadFile, FilePurpose]:
    parts: dict[str, Any] = dict(form.multi_items())
    unknown = sorted(parts.keys() - {"file", "purpose"})
    if unknown:
        places = tuple(FieldError(f"/{name}", "extra_forbidden", "Leave it out.") for name in unknown)
        raise InvalidError("The form has the parts 'file' and 'purpose'.", errors=places)
    file, purpose = parts.get("file"), parts.get("purpose")
    if not isinstance(file, UploadFile):
        raise invalid_field("/file", "missing", "Send the file as the part 'file' of a multipart form.")
    if not isinstance(purpose, str) or purpose not in set(FilePurpose):
        raise invalid_field("/purpose", "enum", f"Say one of: {', '.join(FilePurpose)}.")
    if (file.size or 0) > most:
        raise FileTooLargeError(f"Send a file of at most {most} bytes.", max_bytes=most)
    return file, FilePurpose(purpose)
