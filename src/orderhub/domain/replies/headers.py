"""Values of headers as text: decoded as far as they can be, of one line, without control characters."""

import re
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Final

from orderhub.domain.replies.bounded import Part
from orderhub.domain.replies.plain_text import decoded, one_line

_LOOKED_AT: Final = 4000
"""Characters of a value that are decoded: taking encoded words apart costs the square of a length."""
_TOKEN_WITHIN: Final = 1000
_LISTED: Final = 20_000
_MOST: Final = 100
_COMMENT: Final = re.compile(r"\([^()]*\)")
_ADDRESS: Final = re.compile(r"<\s*([^<>\s]{1,250}@[^<>\s]{1,250})\s*>|([^<>\s\"(),;]{1,250}@[^<>\s\"(),;]{1,250})")


def first(part: Part, name: str) -> str:
    """The first header of a name, in words."""
    return in_words(next(iter(_values(part, name)), ""))


def every(part: Part, *names: str) -> tuple[str, ...]:
    """The values of all headers of these names, as they came."""
    found = [value for name in names for value in _values(part, name)]
    return tuple(one_line(value[:_LISTED]) for value in found[:_MOST])


def tokens(part: Part, name: str) -> tuple[str, ...]:
    """Of each header of a name, the word that a machine reads: without comments, quotes, blanks and parameters."""
    return tuple(_token(value) for value in every(part, name))


def in_words(value: str) -> str:
    """A value with its encoded words decoded (RFC 2047); one that can't be decoded stays as it stands."""
    looked_at = value[:_LOOKED_AT]
    try:
        return one_line(str(make_header(decode_header(looked_at))))
    except (MessageError, LookupError, ValueError):  # unknown character sets and broken base 64
        return one_line(looked_at)


def address(value: str) -> str:
    """The address of a From: within angle brackets, where there are any. The library's reader recurses."""
    found = _ADDRESS.findall(value[:2000])
    bracketed = [inside for inside, _ in found if inside]
    return (bracketed[-1] if bracketed else next((bare for _, bare in found), ""))[:320]


def _values(part: Part, name: str) -> list[str]:
    raw = [str(value) for key, value in part.raw_items() if key.lower() == name.lower()]
    return [decoded(value.encode("utf-8", "surrogateescape")) for value in raw]


def _token(value: str) -> str:
    without, found = value[:_TOKEN_WITHIN], 1
    while found:
        without, found = _COMMENT.subn(" ", without)
    return without.partition(";")[0].strip(" \t\"'").lower()
