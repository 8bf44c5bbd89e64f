"""How people spell the dots and strokes of an address so that no machine should read it. Pure.

Every pattern of this package is bounded and begins at a boundary, so that a long hostile text costs linear time.
"""

import re
from typing import Final

SPELLED_DOT: Final = r"(?:\s?[(\[{<]\s?(?:dot|point|\.)\s?[)\]}>]\s?|\s(?:dot|point)\s)"
DOT: Final = rf"(?:\.|\s\.\s?|{SPELLED_DOT})"
_SPELLED_STROKE: Final = r"(?:\s/\s|\s?[(\[{]\s?slash\s?[)\]}]\s?|\sslash\s)"
_STROKE: Final = rf"(?:/|{_SPELLED_STROKE})"
LINK_HEAD: Final = r"(?<![\w.-])(?:https?://)?(?:www\.)?"
LINK_TAIL: Final = (
    r"(?:[^\s<>\"')\]]{0,200}[^\s<>\"')\],;.:!?])?" + rf"(?:{_SPELLED_STROKE}[\w.@-]{{1,60}}(?<![.-])){{0,3}}"
)


def pattern(text: str) -> re.Pattern[str]:
    """A verbose pattern that takes capitals for small letters."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


def hosts(text: str) -> str:
    """A pattern of hosts and paths that also takes their dots and strokes spelled."""
    return text.replace(r"\.", DOT).replace("/", _STROKE)
