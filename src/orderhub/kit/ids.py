"""Identifiers: UUIDv7 inside, TypeID text such as ``ord_01k…`` outside.

The text form is a prefix, an underscore and 26 characters of Crockford's base 32 in lower case,
as the TypeID specification 0.3 writes it, so that ids sort by the time they were made.
"""

from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS: Final = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_TEXT_LENGTH: Final = 26


def new_id() -> UUID:
    """A new time-ordered id."""
    return uuid7()


def show_id(prefix: str, value: UUID) -> str:
    """The public text of an id: ``show_id("ord", …)`` is ``"ord_01k…"``."""
    number = value.int
    pairs = [_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)]
    return f"{prefix}_{''.join(pairs)}"


def parse_id(prefix: str, text: str) -> UUID | None:
    """The id behind a public text, or None when it is not one of this prefix."""
    head, _, body = text.partition("_")
    if head != prefix or len(body) != _TEXT_LENGTH or body[0] > "7":
        return None
    number = 0
    for letter in body:
        value = _VALUES.get(letter)
        if value is None:
            return None
        number = (number << 5) | value
    return UUID(int=number)
