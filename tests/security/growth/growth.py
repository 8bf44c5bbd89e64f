"""How the time to read grows with what is read: processor time at a length, held against that at half of it.

A parser is a `Case`: what is called, a bad input of any length, and the largest that is allowed. A pattern
needs the largest length alone: bad inputs are made of what the pattern itself looks for.
"""

import gc
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any, cast

MOST_GROWTH = 3.0
"""Twice the length may take three times as long: more than linear reading ever takes, less than quadratic."""

_ENOUGH = 0.001
"""Seconds of one measurement, by repetition: far above what the clock can tell apart."""
_REPEATED = 3
_USED = re.compile(r"^(?:search|match|fullmatch|sub|subn|split|findall|finditer)$")
_ALPHABET = 9
_SLOWEST = 3


@dataclass(frozen=True)
class Case:
    """A parser with one bad input."""

    name: str
    """Of the parser; where it calls ``re`` in a function, ``module:function``."""
    call: Callable[[Any], object]
    """Reads the input; what it raises is an answer like any other."""
    make: Callable[[int], Any]
    """The bad input at a length."""
    most: int
    """The largest length that can reach the parser."""
    least: int = 1_000
    """The shortest length that is measured: above what is done once, or only from some length on."""

    def __str__(self) -> str:
        return self.name


def again(*pieces: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Makes texts of a length that say the same again and again."""
    pump = "".join(pieces)
    return lambda length: (before + pump * (length // len(pump) + 1))[: length - len(after)] + after


def growth_of(case: Case) -> float:
    """The ratio between the largest length and half of it, or between two shorter ones where that is too much.

    Short inputs come first, so that what grows badly is found without waiting for the longest.
    """
    lengths = [case.most]
    while lengths[-1] > 2 * case.least:
        lengths.append(lengths[-1] // 2)
    found = 0.0
    for length in reversed(lengths):
        found = _ratio(case, length)
        if found > MOST_GROWTH and _seconds(case.call, case.make(length), 1) > _ENOUGH:
            found = min(found, _ratio(case, length), _ratio(case, length))
            if found > MOST_GROWTH:
                return found
    return found if found <= MOST_GROWTH else min(found, _ratio(case, case.most), _ratio(case, case.most))


def _ratio(case: Case, length: int) -> float:
    """How many times longer a length takes than its half: the least of several, since others use this machine."""
    short, long = case.make(length // 2), case.make(length)
    times = max(1, int(_ENOUGH / max(_seconds(case.call, short, 1), 1e-7)))
    pairs = [(_seconds(case.call, short, times), _seconds(case.call, long, times)) for _ in range(_REPEATED)]
    return min(pair[1] for pair in pairs) / max(min(pair[0] for pair in pairs), 1e-9)


def _seconds(call: Callable[[Any], object], value: Any, times: int) -> float:
    gc.disable()  # the time of a collection depends on what else is in memory
    began = time.thread_time()
    for _ in range(times):
        with suppress(Exception):  # a refusal is an answer, too
            call(value)
    took = time.thread_time() - began
    gc.enable()
    return took


def attacks_on(name: str, pattern: "re.Pattern[Any]", uses: Sequence[str], most: int) -> Sequence[Case]:
    """The slowest of many bad inputs for a pattern, as the product uses it."""
    found = [
        Case(f"{name}.{use} of {pump!r}…{end!r}", _used(pattern, use), _pumped(pattern, pump, end), most)
        for use in uses
        for pump, end in product(_pumps(pattern), ("", "\x01"))
    ]
    some = min(most, 2_000)
    return sorted(found, key=lambda case: -min(_seconds(case.call, case.make(some), 3) for _ in range(2)))[:_SLOWEST]


def _used(pattern: "re.Pattern[Any]", use: str) -> Callable[[Any], object]:
    assert _USED.match(use), use
    method = getattr(pattern, use)
    if use == "finditer":
        return lambda text: [*method(text)]
    if use in {"sub", "subn"}:
        nothing = b"" if isinstance(pattern.pattern, bytes) else ""
        return lambda text: method(nothing, text)
    return method


def _pumped(pattern: "re.Pattern[Any]", pump: str, end: str) -> Callable[[int], Any]:
    def make(length: int) -> Any:
        text = (pump * (length // len(pump) + 1))[:length] + end
        return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text

    return make


def _pumps(pattern: "re.Pattern[Any]") -> Iterator[str]:
    letters = _letters(pattern)
    yield from letters
    yield from ("".join(pair) for pair in product(letters, repeat=2) if pair[0] != pair[1])


def _letters(pattern: "re.Pattern[Any]") -> Sequence[str]:
    """Some characters that the pattern looks for, and some of each sort that most patterns look for."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    literal = re.sub(r"\\[A-Za-z]|[\s^$*+?{}()|\[\]]", "", text)
    frequent = sorted(set(literal), key=lambda letter: (-literal.count(letter), letter))
    return [*dict.fromkeys([*frequent[: _ALPHABET - 4], "a", "0", " ", "."])]


def patterns_in(module: ModuleType) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    """Every compiled pattern that a module makes: itself, in its classes, and in what it has collected."""
    made = set(re.findall(r"^(?:class )?(\w+)(?=[ (:])", Path(module.__file__ or "").read_text(), re.MULTILINE))
    for name, value in vars(module).items():
        if name in made:
            for pattern in _within(value, 3):
                yield name, pattern


def _within(value: Any, depth: int) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth:
        for inner in _parts_of(value):
            yield from _within(inner, depth - 1)


def _parts_of(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        kept = cast("Mapping[Any, Any]", value)
        return [*kept.keys(), *kept.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return cast("Iterable[Any]", value)
    if not _is_ours(value):
        return ()
    kind: type[Any] = type(cast("object", value))
    slots: Iterable[str] = getattr(kind, "__slots__", ())
    return [*getattr(value, "__dict__", {}).values(), *(getattr(value, slot, None) for slot in slots)]


def _is_ours(value: Any) -> bool:
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__.startswith("orderhub")
