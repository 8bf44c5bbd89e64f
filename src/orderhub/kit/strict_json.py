"""JSON from outside: bounded in depth and number of values, each name once, text that can be stored.

Python's own reader would take UTF-16, lone surrogates, NaN, a thousand levels, and of a name that comes
twice the last value. Reading takes time that grows with the length of the text alone: every test below
is either a count or one pass of an expression that never looks at a character twice.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, Final, cast

from orderhub.kit.errors import DomainError, FieldError, InvalidError, MalformedError, pointer_step
from orderhub.kit.text import Label

MOST_LEVELS: Final = 32
MOST_MARKS: Final = 50_000
"""Quotation marks in one body, and likewise brackets and commas: no operation has that much to say."""

_MOST_PLACES: Final = 50
_SUSPICIOUS: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_UNREADABLE: Final = re.compile("[\0\ud800-\udfff]")
_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""A string, also one without an end: that one is taken to the end of the body, never tried again."""
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS: Final = bytes(set(range(256)) - _STEPS.keys())


class _TwiceError(Exception):
    """A name comes twice in one object."""


class _Members(list[tuple[str, Any]]):
    """An object as it was written, with every member."""


def fault_in(body: bytes) -> DomainError | None:
    """What is wrong with a JSON body, whatever the operation; None when nothing is. An empty one is no fault."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return MalformedError(Label("Le corps n’est pas en UTF-8.", "The body is not UTF-8."))
    if "\0" in text:
        return MalformedError(Label("Le corps n’est pas du JSON en UTF-8.", "The body is not JSON in UTF-8."))
    if not text:
        return None
    return _excess(body) or _unlike_json(body, text)


def _excess(body: bytes) -> DomainError | None:
    opened = body.count(b"[") + body.count(b"{")
    if max(opened, body.count(b","), body.count(b'"')) > MOST_MARKS:
        return InvalidError(
            Label(
                f"Envoyez au plus {MOST_MARKS} guillemets, crochets ou virgules dans un corps.",
                f"Send at most {MOST_MARKS} quotation marks, brackets or commas in one body.",
            )
        )
    if opened > MOST_LEVELS and _levels(body) > MOST_LEVELS:
        return InvalidError(
            Label(
                f"Imbriquez le corps sur {MOST_LEVELS} niveaux au plus.",
                f"Nest the body at most {MOST_LEVELS} levels deep.",
            )
        )
    return None


def _levels(body: bytes) -> int:
    brackets = _STRINGS.sub(b"", body).translate(None, _NO_BRACKETS)
    return max(accumulate(_STEPS[bracket] for bracket in brackets), default=0)


def _unlike_json(body: bytes, text: str) -> DomainError | None:
    try:
        _ONCE.decode(text)
    except _TwiceError:
        pass
    except ValueError as cause:
        return MalformedError(Label(f"Le corps n’est pas du JSON ({cause}).", f"The body is not JSON: {cause}."))
    else:
        if not _SUSPICIOUS.search(body):
            return None
    places = tuple(islice(_faults(_AS_WRITTEN.decode(text), ""), _MOST_PLACES))
    hint = Label(
        "Envoyez une seule fois chaque nom d’un objet, et du texte sans NUL ni demi-paire Unicode.",
        "Send each name of an object once, and text without NUL and lone surrogates.",
    )
    return InvalidError(hint, errors=places) if places else None


def _once(members: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        raise _TwiceError
    return found


def _refuse_constant(name: str) -> None:
    message = f"{name} is not a JSON value"
    raise ValueError(message)


_ONCE: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse_constant)
_AS_WRITTEN: Final = json.JSONDecoder(object_pairs_hook=_Members)


def _faults(value: Any, pointer: str) -> Iterator[FieldError]:
    match value:
        case str() if _UNREADABLE.search(value):
            yield FieldError(
                pointer,
                "invalid_text",
                Label("Retirez NUL et les demi-paires Unicode.", "Leave out NUL and lone surrogates."),
            )
        case _Members():
            yield from _faults_of(value, pointer)
        case list():
            for place, inner in enumerate(cast("list[Any]", value)):
                yield from _faults(inner, f"{pointer}/{place}")
        case _:
            return


def _faults_of(members: _Members, pointer: str) -> Iterator[FieldError]:
    seen: set[str] = set()
    for name, inner in members:
        step = pointer + pointer_step(name)
        if name in seen:
            yield FieldError(step, "repeated_name", Label("Envoyez ce nom une seule fois.", "Send this name once."))
        seen.add(name)
        yield from _faults(name, step)
        yield from _faults(inner, step)
