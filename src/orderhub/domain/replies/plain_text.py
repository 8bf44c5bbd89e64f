"""Text of mails as it may be kept and shown: bounded, without control characters."""

import codecs
import re
from typing import Final

MAX_TEXT: Final = 4000
"""Characters of a mail's text that are kept."""

_LOOKED_AT: Final = MAX_TEXT * 50
"""Characters from its beginning that are looked at to find those."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK: Final = re.compile(r"\n\s*\n\s*")
_WINDOWS: Final = "cp1252"
_MISNAMED: Final = frozenset({"ascii", "iso8859-1"})
"""What programs call Windows' characters, as browsers know, or UTF-8."""
_NO_CHARSET: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""What the library takes for character sets as well; some cost the square of the length."""


def cleaned(text: str) -> str:
    """Text of several lines that can be stored and shown."""
    lines = text[:_LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK.sub("\n\n", _CONTROL.sub("", lines)).strip()[:MAX_TEXT]


def one_line(text: str) -> str:
    """Text of one line that can be stored and shown."""
    return " ".join(_CONTROL.sub(" ", text).split())


def decoded(content: bytes, charset: str | None = None) -> str:
    """Bytes as text: in the character set that they claim, else in UTF-8, else in the one of Windows."""
    for each in dict.fromkeys((_known(charset), "utf-8")):
        try:
            return content.decode(each)
        except (LookupError, ValueError):  # not of this one, or of none for text
            continue
    return content.decode(_WINDOWS, errors="replace")


def _known(charset: str | None) -> str:
    try:
        name = codecs.lookup(charset or "utf-8").name
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name in _MISNAMED | _NO_CHARSET else name
