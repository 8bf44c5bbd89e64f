"""The content of files, through links that expire."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AppParts, Parts, Public
from orderhub.api.problems import problems
from orderhub.api.routers.files import Storage
from orderhub.api.schemas.base import FileId, Omittable, SessionId, WholeNumber
from orderhub.api.schemas.forms import HASH
from orderhub.domain.accounts.sessions import account_behind
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.domain.files import queries
from orderhub.domain.files.errors import FileNotFoundHereError, LinkExpiredError
from orderhub.domain.files.links import FileLinks, Target, expired
from orderhub.domain.files.names import safe_name
from orderhub.domain.files.ports import FileStorage, ObjectMissingError, StorageUnavailableError
from orderhub.domain.files.visibility import Viewer
from orderhub.kit.clock import real_now

router = APIRouter(prefix="/files", dependencies=[Public])

# Every answer says `nosniff`: the middleware sees to that.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Front ends of other origins may show it as a picture; what it is was checked when it came.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_BYTES: Final = {"type": "string", "format": "binary", "maxLength": 100_000_000}
_ANSWER: Final[dict[str, Any]] = {
    "description": "The content.",
    "content": {"application/octet-stream": {"schema": _BYTES}},
}
_REFUSALS: Final = problems(LinkExpiredError, FileNotFoundHereError, StorageUnavailableError)


@dataclass(frozen=True, slots=True)
class Followed:
    """A link as it was followed."""

    file_id: FileId
    session_id: SessionId | None
    expires: int
    signature: str


async def read_link(
    file_id: FileId,
    expires: Annotated[WholeNumber, Query(ge=0, le=10**11, description="As the link has it.")],
    signature: Annotated[str, Query(min_length=64, max_length=64), HASH],
    session: Annotated[Omittable[SessionId], Query(description="As the link has it, where it does.")] = None,
) -> Followed:
    """The parts of the link."""
    return Followed(file_id, session, expires, signature)


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent, and how long a browser may keep it."""

    key: str
    name: str
    media_type: str
    size: int
    kept: str


@router.get(
    "/{file_id}/content",
    summary="Download a file",
    response_class=StreamingResponse,
    responses={200: _ANSWER, **_REFUSALS},
)
async def download_file(
    parts: AppParts, storage: Storage, link: Annotated[Followed, Depends(read_link)]
) -> StreamingResponse:
    """The content behind the `url` of a file, as an attachment."""
    kept = _check(parts, link, is_original=False)
    async with parts.database.session() as session:
        file = await queries.get_visible(session, link.file_id, await _viewer(session, link))
    return await _send(storage, Content(file.object_key, to_public().text(file.name), file.media_type, file.size, kept))


@router.get(
    "/{file_id}/original",
    summary="Download a picture as it came",
    response_class=StreamingResponse,
    responses={200: _ANSWER, **_REFUSALS},
)
async def download_original(
    parts: AppParts, storage: Storage, link: Annotated[Followed, Depends(read_link)]
) -> StreamingResponse:
    """The content behind the `url` of an `original`, as an attachment: for its owner and for staff."""
    kept = _check(parts, link, is_original=True)
    async with parts.database.session() as session:
        file, original = await queries.get_original(session, link.file_id, await _viewer(session, link))
    name = safe_name(to_public().text(file.name), original.media_type)
    return await _send(storage, Content(original.key, name, original.media_type, original.size, kept))


def _check(parts: Parts, link: Followed, *, is_original: bool) -> str:
    """How long a browser may keep what the link leads to. Raises LinkExpiredError."""
    now, links = real_now(), parts.others[FileLinks]
    target = Target(link.file_id, link.session_id, is_original)
    links.check(target, expires=link.expires, signature=link.signature, now=now)
    # What is somebody's alone must not be found in the browser after they signed out.
    seconds = link.expires - int(now.timestamp())
    return "private, no-store" if link.session_id else f"private, max-age={seconds}, immutable"


async def _viewer(session: AsyncSession, link: Followed) -> Viewer | None:
    """Who the link was given to. Raises LinkExpiredError when their session was ended."""
    if link.session_id is None:
        return None
    account = await account_behind(session, link.session_id)
    if account is None:
        raise expired()
    return Viewer(account.id, frozenset(account.roles))


async def _send(storage: FileStorage, found: Content) -> StreamingResponse:
    try:
        content = await storage.open(found.key)
    except ObjectMissingError:
        raise queries.not_found() from None
    headers = {
        **_HEADERS,
        "Content-Length": str(found.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Cache-Control": found.kept,
    }
    return StreamingResponse(content, media_type=_shown_type(found.media_type), headers=headers)


def _shown_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
