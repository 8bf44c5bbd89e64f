"""What a file is, by its content and never by its name. Blocking: call it from a thread.

Accepted: JPEG, PNG, WebP and HEIC, because they can be decoded and written anew; PDF, plain text, JSON and SVG,
because work is delivered in them; ZIP, because a delivery is often many files and the rest of formats can travel
in it. What is text from its first byte to its last is text, whatever it begins with.
"""

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO, Final

import filetype
import msgspec

from orderhub.domain.files.errors import FileEmptyError, FileTypeRefusedError, refuse
from orderhub.domain.files.models import FileKind
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Form:
    """An accepted type: what kind it is, and the endings that its names have."""

    kind: FileKind
    endings: tuple[str, ...]


FORMS: Final = {
    "image/jpeg": Form(FileKind.IMAGE, (".jpg", ".jpeg")),
    "image/png": Form(FileKind.IMAGE, (".png",)),
    "image/webp": Form(FileKind.IMAGE, (".webp",)),
    "image/heic": Form(FileKind.IMAGE, (".heic", ".heif")),
    "application/pdf": Form(FileKind.DOCUMENT, (".pdf",)),
    "application/zip": Form(FileKind.ARCHIVE, (".zip",)),
    "application/json": Form(FileKind.TEXT, (".json", ".geojson")),
    # A drawing that can bring scripts along: kept and given back as the text that it is.
    "image/svg+xml": Form(FileKind.TEXT, (".svg",)),
    "text/plain": Form(FileKind.TEXT, (".txt", ".md", ".csv", ".srt")),
}
_HEAD: Final = 8192
_PIECE: Final = 1 << 20
_PDF: Final = re.compile(rb"%PDF-\d")
_PDF_WITHIN: Final = 1024
"""Bytes in which readers look for the beginning of a PDF."""
_BOM: Final = b"\xef\xbb\xbf"
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_SVG: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+<(?:\w+:)?svg[\s/>]",
    re.DOTALL,
)
_UTF_8: Final = getincrementaldecoder("utf-8")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_HEIC_OR_OTHERS: Final = frozenset({b"mif1", b"msf1"})


def find_media_type(content: BinaryIO) -> str:
    """The accepted MIME type of a content. Raises FileEmptyError and FileTypeRefusedError."""
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise refuse(FileEmptyError, Label("Envoyez un fichier qui a un contenu.", "Send a file that has content."))
    found = _text_type(content, head) if _is_text(content) else _binary_type(head)
    if found not in FORMS:
        raise refuse(
            FileTypeRefusedError,
            Label(
                "Envoyez une image JPEG, PNG, WebP ou HEIC, un PDF, un SVG, du JSON ou un autre texte en UTF-8,"
                " ou toute autre chose dans une archive ZIP.",
                "Send a JPEG, PNG, WebP or HEIC image, a PDF, an SVG, JSON or another text in UTF-8,"
                " or anything else within a ZIP archive.",
            ),
        )
    return found


def _binary_type(head: bytes) -> str | None:
    # Of a file of some bytes alone it would say nothing.
    found: str | None = filetype.guess_mime(head.ljust(_HEAD, b"\0"))  # pyright: ignore[reportUnknownMemberType]
    if _is_heic(head):
        return "image/heic"
    # What is known to be something else is no PDF behind a few bytes.
    return "application/pdf" if found is None and _PDF.search(head, 0, _PDF_WITHIN) else found


def _is_heic(head: bytes) -> bool:
    """Whether the brands (ISO 14496-12, 4.3) say that pictures in HEVC are within."""
    if head[4:8] != b"ftyp":
        return False
    brands = [head[place : place + 4] for place in range(16, min(int.from_bytes(head[:4]), len(head)), 4)]
    major = head[8:12]
    return major in _HEIC or (major in _HEIC_OR_OTHERS and not _HEIC.isdisjoint(brands))


def _text_type(content: BinaryIO, head: bytes) -> str:
    if _is_pdf(content, head):
        return "application/pdf"
    if _SVG.match(head):
        return "image/svg+xml"
    return "application/json" if _is_json(content, head) else "text/plain"


def _is_pdf(content: BinaryIO, head: bytes) -> bool:
    """Whether a text is a PDF without pictures: it begins as one, or begins a little later and ends as one."""
    found = _PDF.search(head, 0, _PDF_WITHIN)
    if found is None:
        return False
    content.seek(-min(_PDF_WITHIN, content.seek(0, SEEK_END)), SEEK_END)
    return not head[: found.start()].removeprefix(_BOM).strip() or b"%%EOF" in content.read()


def _is_json(content: BinaryIO, head: bytes) -> bool:
    """Whether a text is one object or array."""
    if not _JSON.match(head):
        return False
    content.seek(0)
    try:
        msgspec.json.decode(content.read().removeprefix(_BOM), type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _is_text(content: BinaryIO) -> bool:
    """Whether the whole content is UTF-8 without control characters."""
    content.seek(0)
    decoder = _UTF_8()
    try:
        while piece := content.read(_PIECE):
            if _CONTROL.search(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
