"""Photos on show, at addresses that never change: of listings, people, shops, and of what was ordered."""

from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from orderhub.api.caching import CONDITION, is_known
from orderhub.api.dependencies import AppParts, Parts, Public
from orderhub.api.problems import problems
from orderhub.api.routers.files import Storage
from orderhub.api.routing import Router
from orderhub.api.schemas.base import FileId
from orderhub.api.sending import PICTURE, Content, send, thumbnail_of
from orderhub.domain.files import queries
from orderhub.domain.files.errors import FileNotFoundHereError
from orderhub.domain.files.models import File
from orderhub.domain.files.names import safe_name
from orderhub.domain.files.ports import FileStorage, StorageUnavailableError

router = Router(prefix="/photos", dependencies=[Public])

KEPT: Final = "public, max-age=86400, immutable"
"""A day: what was taken off the hub is gone from every cache by then."""
KEPT_FOR_NOW: Final = "public, max-age=300"
"""Of a picture that stands for its thumbnail until there is one."""
_NAME: Final = "photo"
_HEADERS: Final[dict[str, Any]] = {
    "ETag": {
        "description": "Of the picture, for `If-None-Match`.",
        "schema": {"type": "string", "maxLength": 100, "examples": ['"7f83b1657ff1fc53b92dc18148a1d65d"']},
    },
    "Cache-Control": {
        "description": "How long it may be kept without asking.",
        "schema": {"type": "string", "maxLength": 100, "examples": [KEPT]},
    },
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {**PICTURE, "headers": _HEADERS},
    304: {"description": "What you have is still the picture: it has no body.", "headers": _HEADERS},
    **problems(FileNotFoundHereError, StorageUnavailableError),
}
_CONDITIONAL: Final = {"parameters": [CONDITION]}


@router.get(
    "/{photo_id}",
    summary="Show a photo",
    response_class=StreamingResponse,
    responses=_ANSWERS,
    openapi_extra=_CONDITIONAL,
)
async def get_photo(parts: AppParts, storage: Storage, photo_id: FileId, request: Request) -> Response:
    """The picture behind the `url` of a photo, for a screen to show; a file that isn't on show isn't found."""
    file = await _find(parts, photo_id)
    name = safe_name(_NAME, file.media_type)
    return await _answer(storage, Content(file.object_key, name, file.media_type, file.size, KEPT), file, request)


@router.get(
    "/{photo_id}/thumbnail",
    summary="Show a small photo",
    response_class=StreamingResponse,
    responses=_ANSWERS,
    openapi_extra=_CONDITIONAL,
)
async def get_photo_thumbnail(parts: AppParts, storage: Storage, photo_id: FileId, request: Request) -> Response:
    """The same, at most 400 pixels along a side: the `thumbnail_url` of a photo."""
    file = await _find(parts, photo_id)
    kept = KEPT_FOR_NOW if file.thumbnail_key is None else KEPT
    return await _answer(storage, thumbnail_of(file, safe_name(_NAME, file.media_type), kept), file, request)


async def _find(parts: Parts, photo_id: FileId) -> File:
    async with parts.database.session() as session:
        return await queries.get_photo(session, photo_id)


async def _answer(storage: FileStorage, found: Content, file: File, request: Request) -> Response:
    is_small = found.key == file.thumbnail_key
    tag = f'"{file.sha256.hex()[:32]}{"-small" if is_small else ""}"'
    if is_known(request.scope, tag.encode()):
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": found.kept})
    return await send(storage, found, ETag=tag)
