"""What an upload really is, by its content, and what is kept of it. Blocking: call it from a thread.

Accepted: JPEG, PNG and WebP, because they can be decoded and written anew, which leaves any metadata
and anything hidden behind; PDF and plain text, because work is delivered in them; ZIP, because a
delivery is often many files and the rest of formats can travel in it. Only images are ever shown by
us: the others are given back as attachments and never opened here.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from re import sub
from typing import BinaryIO, Final

import filetype

from orderhub.domain.files.errors import FileEmptyError, FileTypeRefusedError, refuse
from orderhub.domain.files.images import MEDIA_TYPES as IMAGE_TYPES
from orderhub.domain.files.images import rewrite_image
from orderhub.domain.files.models import FileKind, FilePurpose

_KINDS: Final = {
    **dict.fromkeys(IMAGE_TYPES, FileKind.IMAGE),
    "application/pdf": FileKind.DOCUMENT,
    "application/zip": FileKind.ARCHIVE,
    "text/plain": FileKind.TEXT,
}
_ENDINGS: Final = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "text/plain": (".txt", ".md", ".csv", ".srt"),
}
_HEAD: Final = 8192
_PIECE: Final = 1 << 20
_NAME_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Inspected:
    """An upload that may be kept. Whoever has it closes ``content``."""

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


def inspect(content: BinaryIO, *, name: str, purpose: FilePurpose) -> Inspected:
    """Look into an upload. Raises FileEmptyError, FileTypeRefusedError and ImageRefusedError."""
    media_type = find_media_type(content)
    kind = _KINDS[media_type]
    if purpose is FilePurpose.PHOTO and kind is not FileKind.IMAGE:
        raise refuse(FileTypeRefusedError, "A photo is a JPEG, PNG or WebP image.")
    width = height = None
    if kind is FileKind.IMAGE:
        content, width, height = rewrite_image(content, media_type)
    size, digest = _measure(content)
    return Inspected(content, purpose, kind, media_type, safe_name(name, media_type), size, digest, width, height)


def _measure(content: BinaryIO) -> tuple[int, bytes]:
    """Size and SHA-256; the content is left at its start."""
    content.seek(0)
    digest, size = sha256(), 0
    while piece := content.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    content.seek(0)
    return size, digest.digest()


def find_media_type(content: BinaryIO) -> str:
    """The accepted MIME type of a content. Raises FileEmptyError and FileTypeRefusedError."""
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise refuse(FileEmptyError, "Send a file that has content.")
    found: str | None = filetype.guess_mime(head)  # pyright: ignore[reportUnknownMemberType]
    if found is None and _is_text(content):
        return "text/plain"
    if found not in _KINDS:
        raise refuse(
            FileTypeRefusedError,
            "Send a JPEG, PNG or WebP image, a PDF, a text in UTF-8, or anything else within a ZIP archive.",
        )
    return found


def _is_text(content: BinaryIO) -> bool:
    """Whether the whole content is UTF-8 without control characters."""
    content.seek(0)
    rest = b""
    while piece := content.read(_PIECE):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if len(rest) > _PIECE or not all(_is_plain(line) for line in lines):
            return False
    return _is_plain(rest)


def _is_plain(line: bytes) -> bool:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return False
    return not any(character < " " and character not in "\t\r\f" for character in text)


def safe_name(name: str, media_type: str) -> str:
    """A name without folders, control or reserved characters, whose ending fits the type."""
    bare = PurePath(name.replace("\\", "/")).name
    clean = sub(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]', "", bare).strip(" .")
    endings = _ENDINGS[media_type]
    stem, ending = PurePath(clean or "file").stem, PurePath(clean).suffix.lower()
    return stem[:_NAME_LENGTH] + (ending if ending in endings else endings[0])
