"""What reads files and their names. The form that they come in is among what every request is read by."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Final

from orderhub.api.uploads.disposition import read_disposition
from orderhub.domain.files.content import find_media_type
from orderhub.domain.files.names import read_name, safe_name
from orderhub.domain.files.pictures.bounds import FORMATS
from tests.making.pictures import canvas, chunk, heic_of, png, webp_of
from tests.security.growth.growth import Case, again

_MOST_FILE: Final = 20_000_000
_IN_PIECES: Final = 2_000_000
"""What is read piece by piece in Python: a bound of its own ends it long before."""
_MOST_HEAD: Final = 4_224
"""Bytes of one header in a form."""
_BEGINNING: Final = 8_192
"""Bytes in which it is looked for what a text is."""

PATTERNS: Final = {
    "orderhub.api.uploads.disposition._PARAMETER": _MOST_HEAD,
    "orderhub.api.uploads.disposition._ESCAPED": _MOST_HEAD,
    "orderhub.domain.files.names._WORD": _MOST_HEAD,
    "orderhub.domain.files.names._ENCODED": _MOST_HEAD,
    "orderhub.domain.files.content._SVG": _BEGINNING,
    "orderhub.domain.files.content._JSON": _BEGINNING,
    "orderhub.domain.files.content._CONTROL": 1 << 20,
    "orderhub.domain.files.pictures.jpeg._MARKER": _MOST_FILE,
}


def look(content: bytes) -> str:
    """Finds what a file is."""
    return find_media_type(BytesIO(content))


def name(written: str) -> str:
    """Reads a name and makes it harmless."""
    return safe_name(read_name(written), "application/pdf")


def in_bytes(make: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda length: make(length).encode("latin-1")


_FILES: Final[Mapping[str, Callable[[int], str]]] = {
    "blanks": again(" "),
    "lines": again("\n"),
    "levels": again("["),
    "strings": again('"",', before="["),
    "comments": again("<!--"),
    "instructions": again("<?"),
    "types": again("<!DOCTYPE"),
    "types within": again("<!DOCTYPE ["),
    "beginnings": again("%PDF-1"),
    "nothing": again("\0"),
    "accents": again("\xc3\xa9"),
    "wrong bytes": again("\xff"),
}
_NAMES: Final[Mapping[str, Callable[[int], str]]] = {
    "words": again("=?a?b?"),
    "whole words": again("=?UTF-8?Q?=41?= "),
    "escapes": again("%C3"),
    "folders": again("/"),
    "dots": again("."),
    "blanks": again(" "),
    "marks": again("\u0301"),
}
_HEADS: Final[Mapping[str, Callable[[int], str]]] = {
    "parameters": again("; a=b"),
    "separators": again(";"),
    "quotes": again('; a="'),
    "backslashes": again('; a="\\'),
    "pieces": again("; filename*0=a"),
    "places": again("9", before="; filename*", after="=a"),
    "blanks": again(" ", before=";"),
}
_PIECES: Final[Mapping[str, Sequence[Callable[[int], bytes]]]] = {
    "image/jpeg": [
        lambda length: b"\xff\xfe\0\2" * (length // 4),
        lambda length: b"\xff\xd8" * (length // 2),
        lambda length: b"\xff\xda\0\2" * (length // 4),
    ],
    "image/png": [lambda length: png(1, 1, chunk(b"tEXt", b"") * (length // 12))],
    "image/webp": [lambda length: webp_of(canvas(1, 1), *[(b"xxxx", b"")] * (length // 8))],
    "image/heic": [
        lambda length: heic_of(64, 64, b"\0\0\0\x08free" * (length // 8)),
        lambda length: heic_of(64, 64, b"\0\0\0\x14iprp\0\0\0\x0cipco\0\0\0\0" * (length // 20)),
    ],
}


CASES: Final[Sequence[Case]] = [
    *(Case(f"a file of {what}", look, in_bytes(make), _MOST_FILE, 100_000) for what, make in _FILES.items()),
    *(Case(f"a file's name of {what}", name, make, _MOST_HEAD) for what, make in _NAMES.items()),
    *(Case(f"a part's head of {what}", read_disposition, in_bytes(make), _MOST_HEAD) for what, make in _HEADS.items()),
    *(
        Case(f"pieces of {media_type}", FORMATS[media_type], make, _IN_PIECES, 500_000)
        for media_type, makes in _PIECES.items()
        for make in makes
    ),
]
