"""The numbers from 0 to 99 in words, French (also as in Belgium and Switzerland) and English."""

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 4
"""Words of the longest number: ``quatre-vingt-dix-neuf``."""

_FRENCH: Final = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_FRENCH_TENS: Final = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "quatre-vingt": 80,
    "quatre-vingts": 80,
    "nonante": 90,
}
_UP_TO_NINETEEN_MORE: Final = frozenset((60, 80))
"""``soixante-douze``, ``quatre-vingt-dix-neuf``."""
_ENGLISH: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _french() -> Iterator[tuple[str, int]]:
    yield "une", 1
    for value, word in enumerate(_FRENCH):
        yield word, value
    for tens, value in _FRENCH_TENS.items():
        yield tens, value
        for more, word in enumerate(_FRENCH[1:20] if value in _UP_TO_NINETEEN_MORE else _FRENCH[1:10], start=1):
            yield f"{tens}-{word}", value + more
            if more in (1, 11):
                yield f"{tens}-et-{word}", value + more


def _english() -> Iterator[tuple[str, str]]:
    for value, word in enumerate((*_ENGLISH[:10], "oh", "nought")):
        digit = str(value) if value < len(_ENGLISH[:10]) else "0"
        yield word, digit
        yield f"double-{word}", digit * 2
        yield f"triple-{word}", digit * 3
    for value, word in enumerate(_ENGLISH[10:], start=10):
        yield word, str(value)
    for tens, word in enumerate(_ENGLISH_TENS, start=2):
        yield word, f"{tens}0"
        for more, unit in enumerate(_ENGLISH[1:10], start=1):
            yield f"{word}-{unit}", f"{tens}{more}"


NUMBERS: Final = {word: str(value) for word, value in _french()} | dict(_english())
"""The digits of each number, by its words in lower case, without accents, with a hyphen between two."""

_WORDS: Final = sorted({word for phrase in NUMBERS for word in phrase.split("-")}, key=len, reverse=True)
WORD: Final = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_WORDS).replace('zero', 'z[ée]ro')})(?![^\W\d_])", re.IGNORECASE)
"""A word that is a number, or a part of one."""
