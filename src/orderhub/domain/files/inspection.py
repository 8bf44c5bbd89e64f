"""What an upload really is, and what is kept of it.

A picture is decoded and written anew, in a process that can be stopped: what is shown has no metadata and
nothing hidden behind. What somebody attaches may become evidence, therefore it is kept as it came, too, for its
owner and for staff. Nothing else is ever opened here: it is given back as an attachment.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Final

from anyio import CapacityLimiter, to_thread

from orderhub.domain.files.content import FORMS, find_media_type
from orderhub.domain.files.errors import FileTypeRefusedError, ImageRefusedError, refuse
from orderhub.domain.files.models import FileKind, FilePurpose
from orderhub.domain.files.names import safe_name
from orderhub.domain.files.pictures.bounds import check_bounds
from orderhub.domain.files.pictures.rewriting import Rewritten, rewrite
from orderhub.infra.isolation.errors import IsolationError
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.text import Label

SECONDS: Final = 30.0
"""In which a picture must be written anew: five times what the largest good one takes."""
MEMORY: Final = 700_000_000
"""Bytes for it: four times the largest picture, decoded."""
_READ_AT_ONCE: Final = CapacityLimiter(4)
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """What is stored of an upload."""

    content: BinaryIO
    """From its start."""
    media_type: str
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Inspected:
    """An upload that may be kept. Whoever has it closes it."""

    content: BinaryIO
    """From its start, as it will be stored."""
    purpose: FilePurpose
    kind: FileKind
    media_type: str
    name: str
    size: int
    sha256: bytes
    width: int | None = None
    height: int | None = None
    original: Content | None = None
    """As it came, where something else is shown and it may become evidence."""
    thumbnail: bytes | None = None
    """Of a picture: the same, small."""

    @property
    def kept_bytes(self) -> int:
        """Of all that is stored."""
        return self.size + (self.original.size if self.original else 0)

    def close(self) -> None:
        """Let go of the contents."""
        self.content.close()
        if self.original is not None:
            self.original.content.close()


def inspect(content: BinaryIO, *, name: str, purpose: FilePurpose) -> Inspected:
    """Look into an upload. Blocking, for as long as a picture takes: only for a process that can be stopped.

    The content becomes one of what is answered, or may be closed. Raises FileEmptyError, FileTypeRefusedError
    and ImageRefusedError.
    """
    came = _look_at(content, purpose)
    if not _is_picture(came):
        return _as_it_came(came, name, purpose)
    return _shown_as(rewrite(_read_picture(came), came.media_type), came, name, purpose)


async def inspect_apart(content: BinaryIO, *, name: str, purpose: FilePurpose, isolation: Isolation) -> Inspected:
    """The same without blocking, its pictures decoded in another process. Raises OverloadedError, too."""
    came = await to_thread.run_sync(_look_at, content, purpose, limiter=_READ_AT_ONCE)
    if not _is_picture(came):
        return _as_it_came(came, name, purpose)
    picture = await to_thread.run_sync(_read_picture, came, limiter=_READ_AT_ONCE)
    try:
        found = await isolation.run(rewrite, picture, came.media_type, seconds=SECONDS, memory_bytes=MEMORY)
    except IsolationError:
        detail = Label(
            "L’image prend trop de temps ou de mémoire à lire. Enregistrez-la de nouveau et envoyez celle-là.",
            "The image takes too long to read, or too much memory. Save it again and send that.",
        )
        raise refuse(ImageRefusedError, detail) from None
    return _shown_as(found, came, name, purpose)


def _look_at(content: BinaryIO, purpose: FilePurpose) -> Content:
    """What was sent, if it may be sent for this."""
    media_type = find_media_type(content)
    if purpose is FilePurpose.PHOTO and FORMS[media_type].kind is not FileKind.IMAGE:
        raise refuse(
            FileTypeRefusedError,
            Label("Une photo est une image JPEG, PNG, WebP ou HEIC.", "A photo is a JPEG, PNG, WebP or HEIC image."),
        )
    content.seek(0)
    digest, size = sha256(), 0
    while piece := content.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    content.seek(0)
    return Content(content, media_type, size, digest.digest())


def _is_picture(came: Content) -> bool:
    return FORMS[came.media_type].kind is FileKind.IMAGE


def _read_picture(came: Content) -> bytes:
    """The bytes of a picture whose decoding is bounded."""
    picture = came.content.read()
    came.content.seek(0)
    check_bounds(picture, came.media_type)
    return picture


def _as_it_came(came: Content, name: str, purpose: FilePurpose) -> Inspected:
    kind, kept_as = FORMS[came.media_type].kind, safe_name(name, came.media_type)
    return Inspected(came.content, purpose, kind, came.media_type, kept_as, came.size, came.sha256)


def _shown_as(found: Rewritten, came: Content, name: str, purpose: FilePurpose) -> Inspected:
    return Inspected(
        BytesIO(found.content),
        purpose,
        FileKind.IMAGE,
        found.media_type,
        safe_name(name, found.media_type),
        len(found.content),
        sha256(found.content).digest(),
        found.width,
        found.height,
        came if purpose is FilePurpose.ATTACHMENT else None,
        found.thumbnail,
    )
