"""Text that the printer's own fonts can show, whatever people wrote.

Typst brings its fonts, and refuses to make a PDF/A where a character has no glyph. What they lack is
written another way where Unicode knows one, left out where it is a picture, else shown as ``□``.
"""

import unicodedata
from bisect import bisect_right
from typing import Any, Final, cast

FONTS: Final = ("Libertinus Serif", "DejaVu Sans Mono")
"""Both are in the typst package; the second has what the first lacks."""

# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, punctuation, currencies and the signs of an ordinary text, as far as
# the regular and the bold of one of the two fonts have them. A test prints every one.
_RANGES: Final = """
20-7e a0-ac ae-24f 2b0-345 374-377 37a-37f 384-38a 38c 38e-3a1 3a3-3ce 3d0-3e1 3f0-45f 462-463 470-477 490-4c4
4c7-4cc 4cf-4f9 510-511 51a-51d 531-556 559-55f 561-587 589-58a 5d0-5ea 5f0-5f4 606-607 609-60a 60c 615 61b 61f
621-63a 640-655 65a 660-66d 674 679-67b 67e-680 683-684 686-687 691 698 6a4 6a9 6af 6be 6cc 6f0-6f9 1e00-1e9b
1e9e-1ef9 2000-200a 2010-2027 202f-2037 2039-203f 2042 2044-204b 204f 205f 2070-2071 2074-208e 2090-209c 20a0-20b5
20b8-20ba 20bd 20bf 2100-2103 2105-2106 2109 210c-210f 2111 2113 2115-2117 2119-211a 211c-211d 2120 2122 2124
2126-2127 212a-212b 212e 2135-2139 2148 214f-2151 2153-2184 2189 2190-2220 2223-222d 2234-223d 2241-226b 226d-226f
2500-2605 2660-266f fb01-fb02
"""
_UNKNOWN: Final = "□"


def _bounds() -> list[int]:
    found: list[int] = []
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        found += [int(first, 16), int(last or first, 16) + 1]
    return found


BOUNDS: Final = _bounds()
"""First code points of what can be printed and, in turn, of what can't."""


def has_glyph(character: str) -> bool:
    """Whether the fonts can show it."""
    return bisect_right(BOUNDS, ord(character)) % 2 == 1


def printable(text: str) -> str:
    """Text that can be printed, its lines kept."""
    return "".join(_shown(character) for character in unicodedata.normalize("NFC", text))


def printable_all(value: Any) -> Any:
    """The same of every text in a JSON document."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_all(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [printable_all(item) for item in cast("list[Any]", value)]
    return value


def _shown(character: str) -> str:
    if has_glyph(character) or character == "\n":
        return character
    other = unicodedata.normalize("NFKD", character)
    if other != character and all(has_glyph(part) for part in other):
        return other
    if character.isspace():
        return " "
    # Letters and digits leave a mark; pictures, marks and invisible signs (that could turn a line around) don't.
    return _UNKNOWN if unicodedata.category(character)[0] in "LN" else ""
