"""Identifiers: UUIDv7 inside, TypeID text such as ``ord_01k…`` outside.

The text form is a prefix, an underscore and 26 characters of Crockford's base 32 in lower case,
as the TypeID specification 0.3 writes it, so that ids sort by the time they were made.
"""

from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_TRIPLES: Final = tuple(a + b + c for a in _ALPHABET for b in _ALPHABET for c in _ALPHABET)
_LOW: Final = (1 << 60) - 1
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_TEXT_LENGTH: Final = 26


def new_id() -> UUID:
    """A new time-ordered id."""
    return uuid7()


def show_id(prefix: str, value: UUID) -> str:
    """The public text of an id: ``show_id("ord", …)`` is ``"ord_01k…"``."""
    # Written out, in two halves that are small integers: every answer has many ids.
    number, of = value.int, _TRIPLES
    high, low = number >> 60, number & _LOW
    return (
        f"{prefix}_{_ALPHABET[high >> 65]}{_ALPHABET[high >> 60 & 31]}"
        f"{of[high >> 45 & 32767]}{of[high >> 30 & 32767]}{of[high >> 15 & 32767]}{of[high & 32767]}"
        f"{of[low >> 45]}{of[low >> 30 & 32767]}{of[low >> 15 & 32767]}{of[low & 32767]}"
    )


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
