"""The content of a file as an answer: an attachment of its own type, which nothing runs."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from orderhub.domain.files import queries
from orderhub.domain.files.models import File
from orderhub.domain.files.ports import FileStorage, ObjectMissingError

# Every answer says `nosniff`: the middleware sees to that.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Front ends of other origins may show it as a picture; what it is was checked when it came.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_BYTES: Final = {"type": "string", "format": "binary", "maxLength": 100_000_000}
ANSWER: Final[dict[str, Any]] = {
    "description": "The content.",
    "content": {"application/octet-stream": {"schema": _BYTES}},
}
PICTURE: Final[dict[str, Any]] = {
    "description": "The picture.",
    "content": {name: {"schema": _BYTES} for name in ("image/jpeg", "image/png", "image/webp")},
}


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent, and how long whoever asked may keep it."""

    key: str
    name: str
    media_type: str
    size: int
    kept: str


def thumbnail_of(file: File, name: str, kept: str) -> Content:
    """A picture, small; the picture itself until a thumbnail of it was made."""
    if file.thumbnail_key is None or file.thumbnail_size is None:
        return Content(file.object_key, name, file.media_type, file.size, kept)
    return Content(file.thumbnail_key, name, file.media_type, file.thumbnail_size, kept)


async def send(storage: FileStorage, found: Content, **more: str) -> StreamingResponse:
    """The content with its headers, and ``more``. Raises FileNotFoundHereError for one that is gone."""
    try:
        content = await storage.open(found.key)
    except ObjectMissingError:
        raise queries.not_found() from None
    headers = {
        **_HEADERS,
        "Content-Length": str(found.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Cache-Control": found.kept,
        **more,
    }
    return StreamingResponse(content, media_type=_shown_type(found.media_type), headers=headers)


def _shown_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
