"""Telephone numbers in running text, as people of the countries concerned write them, or disguise them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orderhub.domain.contact_details.figures import Figures
from orderhub.domain.contact_details.numbering_plans import (
    FAMILIAR,
    FEWEST_DIGITS,
    HOME,
    MOST_DIGITS,
    SERVED,
    NumberingPlan,
    is_international,
    plans_of,
)
from orderhub.domain.contact_details.plain import with_digits
from orderhub.domain.contact_details.runs import Run, Stretch, runs

_CALLING_WORD: Final = re.compile(
    r"\b(?:t[ée]l(?:[ée]phon\w{0,9})?|phone|mobile|portable|gsm|cell(?:ulaire)?|num[ée]ro|appel\w{0,9}|call"
    r"|joi(?:gn|nd)\w{0,9}|sms|texto|what?s\s?app|wh?ats?app|telegram|viber|(?:orange|mtn|moov|airtel|free|mobile)\s?money"
    r"|momo|wave|flooz)\b",
    re.IGNORECASE,
)
_CALLING: Final = re.compile(_CALLING_WORD.pattern + r"[^.!?\n]{0,25}$", re.IGNORECASE)
"""Words that speak of calling, or of paying to a number, in the sentence before it."""
_CALLING_WITHIN: Final = 40
_PLUS: Final = re.compile(r"\+[\s(]{0,2}$")
_ABROAD: Final = "00"
_PAIR: Final = 2
_MOST_GROUPS: Final = 6
"""Of a number as it is officially spaced."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in which numbers are looked for, and whose."""

    text: str
    figures: Figures
    concerned: frozenset[str]
    calling: bool
    """It speaks of calling somewhere."""

    def before(self, place: int) -> str:
        return self.text[max(0, place - _CALLING_WITHIN) : place]

    def speaks_of_calling(self, place: int) -> bool:
        """Whether it does right before this place."""
        return self.calling and _CALLING.search(self.before(place)) is not None


def find_phones(text: str, countries: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand, possibly overlapping; ``countries`` are those of whoever writes and reads."""
    spoken = with_digits(text)
    if sum(map(str.isdigit, spoken.text)) < FEWEST_DIGITS:
        return
    calling = _CALLING_WORD.search(spoken.text) is not None
    searched = _Text(spoken.text, Figures(spoken.text), countries | HOME, calling)
    for run in runs(spoken.text):
        for first in range(len(run.starts)):
            if run.offsets[-1] - run.offsets[first] < FEWEST_DIGITS:
                break
            found = _international(searched, run, first) or _national(searched, run, first)
            if found is not None:
                yield spoken.place(_with_sign(spoken.text, found.start), found.end)


def _with_sign(text: str, start: int) -> int:
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _international(searched: _Text, run: Run, first: int) -> Stretch | None:
    """The number with its calling code that begins with this group."""
    skipped = 0
    if run.digits.startswith(_ABROAD, run.offsets[first]):
        skipped = len(_ABROAD)
    elif not _PLUS.search(searched.before(run.starts[first])):
        return None
    for length in range(MOST_DIGITS + skipped, FEWEST_DIGITS + skipped - 1, -1):
        found = run.stretch(first, length)
        if found is not None and is_international(found.digits[skipped:]):
            return None if searched.figures.hold(found.start, found.end) else found
    return None


def _national(searched: _Text, run: Run, first: int) -> Stretch | None:
    """The number without its calling code, or without the sign before it, that begins with this group."""
    calling = searched.speaks_of_calling(run.starts[first])
    for length, plans in plans_of(searched.concerned, SERVED if calling else FAMILIAR):
        found = run.stretch(first, length)
        if found is not None and _looks_right(found):
            for plan in plans:
                number = plan.national(found.digits)
                known = calling or plan.country in searched.concerned
                if number and _is_spaced(found, plan, number, known=known) and _is_meant(searched, found):
                    return found
    return None


def _looks_right(found: Stretch) -> bool:
    """Whether the groups are no row of sizes, no colour and no list."""
    return not (found.counts or found.is_colour or (found.has_strokes and max(found.sizes) > _PAIR))


def _is_spaced(found: Stretch, plan: NumberingPlan, number: str, *, known: bool) -> bool:
    sizes = found.sizes
    if known and plan.trunk_needed and found.digits.startswith(plan.trunk):
        return found.is_tight or max(sizes) <= _PAIR
    if not found.is_tight:
        return False
    in_pairs = len(sizes) > 1 and all(size == _PAIR for size in sizes[1:])
    if known and (in_pairs or found.stands_alone):
        return True
    return len(sizes) <= _MOST_GROUPS and list(plan.spacing(number)) == sizes


def _is_meant(searched: _Text, found: Stretch) -> bool:
    """Whether digits that could be a number's are no date, price or reference."""
    figures = searched.figures
    return not (figures.hold(found.start, found.end) or figures.refers(found.start, found.end))
