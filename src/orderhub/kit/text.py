"""Text in the languages that OrderHub speaks, what of a text is seen, and ISO 8601 durations."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from unicodedata import combining

import msgspec

LINE_BREAKS: Final = r"\u2028\u2029"
"""What breaks a line besides the control characters."""
DIRECTION_CONTROLS: Final = r"\u202a-\u202e\u2066-\u2069"
"""What makes the text behind it read the other way. The marks U+200E, U+200F and U+061C do not: names need them."""
UNSEEN: Final = (
    r"\u00a0\u00ad\u034f\u061c\u070f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
"""What prints nothing: Unicode's default ignorables, blanks and fillers. These three are parts of a character class."""
_UNSEEN_BEYOND: Final = "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""Likewise, where four digits don't reach."""
_SEEN: Final = re.compile(rf"[^\s\x00-\x1f\x7f-\x9f{UNSEEN}{_UNSEEN_BEYOND}]")
_UNPRINTABLE: Final = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{DIRECTION_CONTROLS}{LINE_BREAKS}]")
_TURNS: Final = re.compile(f"[{DIRECTION_CONTROLS}{LINE_BREAKS}]")

_MOST_MARKS: Final = 30
"""Combining marks in a row: Unicode's own bound for text that can be read as a stream (UAX #15, section 13)."""


def is_seen(text: str) -> bool:
    """Whether a text shows anything: one of nothing but blanks, fillers and zero-width characters does not."""
    return _SEEN.search(text) is not None


def printable(text: str) -> str:
    """A text from outside in one line, without what can't be stored or would do something where it is printed."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def turns(text: str) -> bool:
    """Whether a text turns the direction of what is written after it, or goes on in another line."""
    return _TURNS.search(text) is not None


def piles_up_marks(text: str) -> bool:
    """Whether more accents stand on one letter than in any language.

    Normalising such a text takes time that grows with the square of their number.
    """
    if text.isascii() or len(text) <= _MOST_MARKS:
        return False
    run = 0
    for letter in text:
        run = run + 1 if combining(letter) else 0
        if run > _MOST_MARKS:
            return True
    return False


class Language(StrEnum):
    """Languages of labels, problem titles and mails."""

    FRENCH = "fr"
    ENGLISH = "en"


DEFAULT_LANGUAGE: Final = Language.FRENCH
"""What is spoken to whoever names no language of ours."""


@dataclass(frozen=True, slots=True)
class Label:
    """One wording in each language."""

    fr: str
    en: str

    def within(self, language: Language) -> str:
        """The wording in one language."""
        return self.fr if language is Language.FRENCH else self.en


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds, none below zero. Raises ValueError otherwise."""
    value = msgspec.convert(text, timedelta)
    if value < timedelta():
        message = f"a duration below zero: {text!r}"
        raise ValueError(message)
    return value


def show_duration(value: timedelta) -> str:
    """A duration as ISO 8601: ``P7D``, ``PT1H30M``; 48 hours are ``P2D``.

    Written here, since msgspec says ``PT5400S`` for an hour and a half, and Pydantic ``P1Y35D`` for 400 days.
    """
    seconds = int(value.total_seconds())
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    date = f"{days}D" if days else ""
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{date}{'T' + time if time else ''}" if date or time else "PT0S"
