"""Groups of digits that stand near each other in a text: what a telephone number may be made of. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

_GROUP: Final = re.compile(r"(?:(?<![^\W_])|(?<=tel)|(?<=tél)|(?<=gsm)|(?<=app))\d+(?![^\W_])", re.IGNORECASE)
"""Digits that are not part of a word, unless that names a telephone."""
_LOOSE: Final = re.compile(r"[\W_]{1,5}")
"""What may stand between the digits of a number that somebody disguises."""
_TIGHT: Final = re.compile(r"[^\S\n]{0,2}[^\w\s,;:!?'\"]?[^\S\n]{0,2}|_|\)[^\S\n]?[-.]?|[^\S\n]\(")
"""What stands between the digits of a number as people write it."""
_FEWEST_STEPS: Final = 4
_LARGEST_STEP: Final = 10
_SHADES: Final = (1, 3, 3, 3)
_LARGEST_SHADE: Final = 255


@dataclass(frozen=True)
class Run:
    """Groups of digits with nothing but punctuation between them."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def digits(self) -> str:
        """All digits."""
        return "".join(self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    @cached_property
    def offsets(self) -> Sequence[int]:
        """How many of `digits` come before each group, and their number."""
        found = [0]
        for start, end in zip(self.starts, self.ends, strict=True):
            found.append(found[-1] + end - start)
        return found

    @cached_property
    def _group_at(self) -> dict[int, int]:
        return {offset: group for group, offset in enumerate(self.offsets)}

    @cached_property
    def _loose(self) -> Sequence[int]:
        """How many gaps before each group are unusual within a number."""
        found = [0]
        for end, start in zip(self.ends, self.starts[1:], strict=False):
            found.append(found[-1] + (_TIGHT.fullmatch(self.text, end, start) is None))
        return found

    def is_tight(self, first: int, after: int) -> bool:
        """Whether the groups from ``first`` until before ``after`` stand together as in a number."""
        return self._loose[first] == self._loose[after - 1]

    def stretch(self, first: int, length: int) -> "Stretch | None":
        """So many digits from a group on; None where they end within a group."""
        after = self._group_at.get(self.offsets[first] + length)
        return None if after is None or after == first else Stretch(self, first, after)


@dataclass(frozen=True)
class Stretch:
    """Some groups of a run: from ``first`` until before ``after``."""

    run: Run
    first: int
    after: int

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.run.starts[self.first]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.run.ends[self.after - 1]

    @cached_property
    def digits(self) -> str:
        """Its digits."""
        return self.run.digits[self.run.offsets[self.first] : self.run.offsets[self.after]]

    @cached_property
    def groups(self) -> Sequence[str]:
        """The digits of each group."""
        places = range(self.first, self.after)
        return [self.run.text[self.run.starts[place] : self.run.ends[place]] for place in places]

    @property
    def sizes(self) -> Sequence[int]:
        """How many digits each group has."""
        return [len(group) for group in self.groups]

    @property
    def is_tight(self) -> bool:
        """Whether its groups stand together as in a number."""
        return self.run.is_tight(self.first, self.after)

    @property
    def stands_alone(self) -> bool:
        """Whether no other group stands beside it as if it belonged to it."""
        begins = self.first == 0 or not self.run.is_tight(self.first - 1, self.first + 1)
        return begins and (self.after == len(self.run.starts) or not self.run.is_tight(self.after - 1, self.after + 1))

    @property
    def has_strokes(self) -> bool:
        """Whether several of its groups are kept apart by strokes: ``0/100/100/100``."""
        places = range(self.first, self.after - 1)
        gaps = [self.run.text[self.run.ends[place] : self.run.starts[place + 1]] for place in places]
        return sum("/" in gap or "|" in gap for gap in gaps) > 1

    @property
    def is_colour(self) -> bool:
        """Whether these are four shades: ``0 100 100 100``."""
        shades = tuple(self.sizes) == _SHADES and self.groups[0] == "0"
        return shades and all(int(group) <= _LARGEST_SHADE for group in self.groups)

    @property
    def counts(self) -> bool:
        """Whether the groups count on in equal small steps: ``36 38 40 42``."""
        values = [int(group) for group in self.groups]
        steps = {later - earlier for earlier, later in pairwise(values)}
        return len(values) >= _FEWEST_STEPS and len(steps) == 1 and abs(steps.pop()) <= _LARGEST_STEP


def runs(text: str) -> Iterator[Run]:
    """The runs of a text, from left to right."""
    starts: list[int] = []
    ends: list[int] = []
    for group in _GROUP.finditer(text):
        if ends and not _LOOSE.fullmatch(text, ends[-1], group.start()):
            yield Run(text, starts, ends)
            starts, ends = [], []
        starts.append(group.start())
        ends.append(group.end())
    if starts:
        yield Run(text, starts, ends)
