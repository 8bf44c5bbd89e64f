"""The content of files, through links that expire."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AppParts, Parts, Public
from orderhub.api.problems import problems
from orderhub.api.routers.files import Storage
from orderhub.api.routing import Router
from orderhub.api.schemas.base import FileId, Omittable, SessionId, WholeNumber
from orderhub.api.schemas.forms import HASH
from orderhub.api.sending import ANSWER, Content, send, thumbnail_of
from orderhub.domain.accounts.sessions import account_behind
from orderhub.domain.contact_details.disclosure import ANYWHERE, to_public
from orderhub.domain.files import queries
from orderhub.domain.files.errors import FileNotFoundHereError, LinkExpiredError
from orderhub.domain.files.links import FileLinks, Place, Target, expired
from orderhub.domain.files.models import File
from orderhub.domain.files.names import safe_name
from orderhub.domain.files.ports import StorageUnavailableError
from orderhub.domain.files.visibility import Viewer
from orderhub.kit.clock import real_now

router = Router(prefix="/files", dependencies=[Public])

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


@router.get(
    "/{file_id}/content",
    summary="Download a file",
    response_class=StreamingResponse,
    responses={200: ANSWER, **_REFUSALS},
)
async def download_file(
    parts: AppParts, storage: Storage, link: Annotated[Followed, Depends(read_link)]
) -> StreamingResponse:
    """The content behind the `url` of a file, as an attachment."""
    file, kept = await _follow(parts, link, Place.CONTENT)
    return await send(
        storage, Content(file.object_key, to_public(ANYWHERE).text(file.name), file.media_type, file.size, kept)
    )


@router.get(
    "/{file_id}/original",
    summary="Download a picture as it came",
    response_class=StreamingResponse,
    responses={200: ANSWER, **_REFUSALS},
)
async def download_original(
    parts: AppParts, storage: Storage, link: Annotated[Followed, Depends(read_link)]
) -> StreamingResponse:
    """The content behind the `url` of an `original`, as an attachment: for its owner and for staff."""
    kept = _check(parts, link, Place.ORIGINAL)
    async with parts.database.session() as session:
        file, original = await queries.get_original(session, link.file_id, await _viewer(session, link))
    name = safe_name(to_public(ANYWHERE).text(file.name), original.media_type)
    return await send(storage, Content(original.key, name, original.media_type, original.size, kept))


@router.get(
    "/{file_id}/thumbnail",
    summary="Download a thumbnail",
    response_class=StreamingResponse,
    responses={200: ANSWER, **_REFUSALS},
)
async def download_thumbnail(
    parts: AppParts, storage: Storage, link: Annotated[Followed, Depends(read_link)]
) -> StreamingResponse:
    """The content behind the `thumbnail_url` of an image, as an attachment."""
    file, kept = await _follow(parts, link, Place.THUMBNAIL)
    return await send(storage, thumbnail_of(file, to_public(ANYWHERE).text(file.name), kept))


async def _follow(parts: Parts, link: Followed, place: Place) -> tuple[File, str]:
    """The file that a link leads to, and how long a browser may keep it. Raises LinkExpiredError."""
    kept = _check(parts, link, place)
    async with parts.database.session() as session:
        return await queries.get_visible(session, link.file_id, await _viewer(session, link)), kept


def _check(parts: Parts, link: Followed, place: Place) -> str:
    """How long a browser may keep what the link leads to. Raises LinkExpiredError."""
    now, links = real_now(), parts.others[FileLinks]
    target = Target(link.file_id, link.session_id, place)
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
