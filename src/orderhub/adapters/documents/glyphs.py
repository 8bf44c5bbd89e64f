"""Text that the printer's fonts can show, whatever people wrote.

Typst refuses to make a PDF/A where a character has no glyph. What the fonts lack is written another way where Unicode
knows one, left out where it is a picture, else shown as ``□``. ``checks/glyphs.py`` finds out what they have.
"""

import unicodedata
from bisect import bisect_right
from pathlib import Path
from typing import Any, Final, cast

FONTS: Final = (
    "Libertinus Serif",
    "Amiri",
    "Noto Sans",
    "Noto Sans Armenian",
    "Noto Sans Bengali",
    "Noto Sans Devanagari",
    "Noto Sans Ethiopic",
    "Noto Sans Georgian",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Hebrew",
    "Noto Sans Kannada",
    "Noto Sans Khmer",
    "Noto Sans Lao",
    "Noto Sans Malayalam",
    "Noto Sans Myanmar",
    "Noto Sans Oriya",
    "Noto Sans Sinhala",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Thai",
    "Noto Sans CJK SC",
    "Noto Sans Symbols",
    "DejaVu Sans Mono",
)
"""In this order each character is looked for. The first and the last are Typst's own; the others come as packages.

Noto's Arabic is not among them: it draws dots apart from their letters, and so they are copied twice.
"""
TABLE: Final = Path(__file__).with_name("printable.txt")
"""What they have, upright and bold. A test prints every one."""
_UNKNOWN: Final = "□"


def _bounds() -> list[int]:
    found: list[int] = []
    for part in TABLE.read_text().split():
        first, _, last = part.partition("-")
        found += [int(first, 16), int(last or first, 16) + 1]
    return found


BOUNDS: Final = _bounds()
"""First code points of what can be printed and, in turn, of what can't."""


def has_glyph(character: str) -> bool:
    """Whether the fonts can show it."""
    return bisect_right(BOUNDS, ord(character)) % 2 == 1


def printable(text: str, *, plain: bool = False) -> str:
    """Text that can be printed, its lines kept; without the marks upon letters when ``plain``.

    Each character has a glyph. Marks of several scripts upon one letter may still find no font that has them all.
    """
    return "".join(_shown(character, plain=plain) for character in unicodedata.normalize("NFC", text))


def printable_all(value: Any, *, plain: bool = False) -> Any:
    """The same of every text in a JSON document."""
    if isinstance(value, str):
        return printable(value, plain=plain)
    if isinstance(value, dict):
        return {key: printable_all(item, plain=plain) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [printable_all(item, plain=plain) for item in cast("list[Any]", value)]
    return value


def _shown(character: str, *, plain: bool) -> str:
    kind = unicodedata.category(character)[0]
    if plain and kind == "M":
        return ""
    if has_glyph(character) or character == "\n":
        return character
    other = unicodedata.normalize("NFKD", character)
    if other != character and all(has_glyph(part) for part in other):
        return other
    if character.isspace():
        return " "
    # Letters and digits leave a mark; pictures, marks and invisible signs (that could turn a line around) don't.
    return _UNKNOWN if kind in "LN" else ""
