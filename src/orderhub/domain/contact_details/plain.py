"""A text as it is searched: without invisible characters, look-alike digits or number words. Pure.

Each character knows where it stood in the text that was written, so that what is found can be masked there.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orderhub.domain.contact_details.number_words import LONGEST, NUMBERS, WORD

_PLAIN_ALREADY: Final = re.compile(
    r"[\t\n\r\x20-\x7e\u00a1-\u00a7\u00ab\u00b0\u00b1\u00b7\u00bb\u00bf-\u017f–—‘’“”…€]*"
)
_INVISIBLE: Final = frozenset(("Cf", "Mn", "Me"))
"""Formatting characters, and marks that are drawn on the character before: ``0️⃣`` is a 0 with two of them."""
_LETTERED: Final = re.compile(r"(?<![^\W_])(?=[oO]*\d)[\doO]+(?![^\W_])")
"""``O6``: the letter for the digit that looks like it."""
_NEAR: Final = 6
_GAP: Final = re.compile(r"[\W_]{1,5}")
_AFTER_DIGIT: Final = re.compile(r"\d[\W_]{1,5}$")
_BEFORE_DIGIT: Final = re.compile(r"[\W_]{1,5}\d")
_HYPHENS: Final = frozenset(" -\u00a0\u2010\u2011")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text to search in; ``starts`` and ``ends`` say where each character was in the one it was made of."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text`, which is not empty, begins and ends in the text it was made of."""
        return self.starts[start], self.ends[end - 1]


def flatten(text: str) -> Plain:
    """The text without what can't be seen, each other character in its plainest form."""
    if _PLAIN_ALREADY.fullmatch(text):
        return Plain(text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) not in _INVISIBLE:
            letters.append(_plainest(letter))
            places.append(place)
    return Plain("".join(letters), places, [place + 1 for place in places])


def _plainest(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    same = unicodedata.normalize("NFKC", letter)
    return same if len(same) == 1 else letter


def with_digits(text: str) -> Plain:
    """The text with each number word in digits: ``zéro six douze`` becomes ``0 6 12``."""
    spoken = _spoken(text)
    if not spoken:
        return Plain(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, digits in spoken:
        parts += text[at:start], digits
        starts += [*range(at, start), *[start] * len(digits)]
        ends += [*range(at + 1, start + 1), *[end] * len(digits)]
        at = end
    rest = range(at, len(text))
    return Plain("".join((*parts, text[at:])), [*starts, *rest], [*ends, *(place + 1 for place in rest)])


def _spoken(text: str) -> Sequence[tuple[int, int, str]]:
    """Each number in words or with a letter for a digit, from left to right: where it stands, and its digits."""
    found = [(match.start(), match.end(), _digits(match.group())) for match in _LETTERED.finditer(text)]
    found = [one for one in found if text[one[0] : one[1]] != one[2]]
    return _joining(text, sorted((*found, *_in_words(text))))


def _joining(text: str, found: Sequence[tuple[int, int, str]]) -> Sequence[tuple[int, int, str]]:
    """Those that stand beside digits, or beside one another: a word alone is no part of a longer number."""
    kept: list[tuple[int, int, str]] = []
    for place, one in enumerate(found):
        start, end, _ = one
        begins = max(0, start - _NEAR) if place == 0 else max(found[place - 1][1], start - _NEAR)
        beside = bool(place) and _GAP.fullmatch(text, found[place - 1][1], start)
        before = beside or _AFTER_DIGIT.search(text, begins, start)
        after = place + 1 < len(found) and _GAP.fullmatch(text, end, found[place + 1][0])
        if before or after or _BEFORE_DIGIT.match(text, end):
            kept.append(one)
    return kept


def _digits(text: str) -> str:
    return text.replace("o", "0").replace("O", "0")


def _in_words(text: str) -> Iterator[tuple[int, int, str]]:
    words = [(match.start(), match.end(), _bare(match.group())) for match in WORD.finditer(text)]
    place = 0
    while place < len(words):
        taken = _longest(text, words[place : place + LONGEST])
        if taken:
            phrase = "-".join(word for _, _, word in words[place : place + taken])
            yield words[place][0], words[place + taken - 1][1], NUMBERS[phrase]
        place += taken or 1


def _longest(text: str, words: Sequence[tuple[int, int, str]]) -> int:
    """How many of these words together are a number; 0 when not even the first is one."""
    longest, phrase = 0, ""
    for count, (start, _, word) in enumerate(words, start=1):
        if count > 1 and text[words[count - 2][1] : start] not in _HYPHENS:
            break
        phrase = f"{phrase}-{word}" if phrase else word
        if phrase in NUMBERS:
            longest = count
    return longest


def _bare(word: str) -> str:
    return word.lower().replace("é", "e")
