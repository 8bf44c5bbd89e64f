"""Finds out what the printer's fonts can show, and writes it down beside them: run it when the fonts change.

`python checks/glyphs.py` rewrites ``src/orderhub/adapters/documents/printable.txt``: ranges of code points, in
hexadecimal. Typst itself is asked, character by character, upright and bold, since it alone knows its own fonts.
"""

import json
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import typst

from orderhub.adapters.documents.glyphs import FONTS, TABLE
from orderhub.adapters.documents.printing import fonts

_LAST: Final = 0x323AF
"""The end of the last block of Chinese characters."""
_AT_ONCE: Final = 512
_NEVER: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories that are not printed, glyph or not: controls, invisible marks, what is nobody's yet, breaks of lines."""
_OGHAM_SPACE: Final = "\u1680"
"""Has a glyph alone, and none between words."""
_TEMPLATE: Final = b"""
#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)
#for each in json(bytes(sys.inputs.texts)) [#each *#each* ]
"""
_LACKING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')


def lacking(texts: Sequence[str]) -> set[str]:
    """What no font has. In PDF/A, Typst names each."""
    inputs = {"fonts": json.dumps(FONTS), "texts": json.dumps(texts)}
    try:
        typst.compile(_TEMPLATE, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="a-3b")
    except typst.TypstError as error:
        return set(_LACKING.findall(error.diagnostic))
    except BaseException as error:
        # Typst 0.15 panics on some lines of right-to-left letters without glyphs: one at a time, it says which.
        if type(error).__name__ != "PanicException":
            raise
        half = len(texts) // 2
        return lacking(texts[:half]) | lacking(texts[half:]) if half else set(texts)
    return set()


def printable() -> list[str]:
    """Every character that can be printed; a mark only on a letter of its script."""
    found: list[str] = []
    for first in range(0x20, _LAST + 1, _AT_ONCE):
        block = [character for character in map(chr, range(first, first + _AT_ONCE)) if _may_be(character)]
        found += sorted(set(block) - lacking(block))
    letters = {_script(letter): letter for letter in reversed(found) if unicodedata.category(letter)[0] == "L"}
    letters["COMBINING"] = "a"
    marks = [mark for mark in found if unicodedata.category(mark)[0] == "M"]
    wrong = {mark for mark in marks if _script(mark) not in letters or lacking([letters[_script(mark)] + mark])}
    return [character for character in found if character not in wrong]


def _may_be(character: str) -> bool:
    return unicodedata.category(character) not in _NEVER and character != _OGHAM_SPACE


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def ranges(characters: Sequence[str]) -> Iterator[str]:
    """``20-7e`` for each run of neighbours, ``ac`` for one alone."""
    points = sorted(map(ord, characters))
    first = points[0]
    for point, following in zip(points, [*points[1:], sys.maxunicode + 2], strict=True):
        if following != point + 1:
            yield f"{first:x}-{point:x}" if point > first else f"{point:x}"
            first = following


if __name__ == "__main__":
    TABLE.write_text(textwrap.fill(" ".join(ranges(printable())), 120, break_on_hyphens=False) + "\n")
