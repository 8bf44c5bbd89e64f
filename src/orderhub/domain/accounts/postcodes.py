"""Postcodes as people write them: ``75 011``, ``h2x-1y4``, ``CH-1204``, ``L 1611``, ``1100148``, in any digits."""

import unicodedata
from typing import Final

from orderhub.domain.accounts.countries import CountryRule

_FRENCH: Final = ("F", "FR")
_MARKS: Final = {
    "BE": ("B",),
    "DE": ("D",),
    "ES": ("E",),
    "FR": ("F",),
    "IT": ("I",),
    "LU": ("L",),
    "PT": ("P",),
    **dict.fromkeys(("GF", "GP", "MQ", "RE", "YT"), _FRENCH),
}
"""What stands before a postcode from abroad, besides the country's code: the mark that its cars have."""


def read_postcode(text: str | None, rule: CountryRule) -> str | None:
    """A postcode as it is kept; None for none. What can't be one of the country's comes back plain, in capitals.

    Where there are no postcodes, zeros are none: forms that insist on something make people write them.
    """
    plain = "".join(filter(str.isalnum, map(_digit, unicodedata.normalize("NFKC", text or "")))).upper()
    if rule.example is None:
        return plain if plain.strip("0") else None
    return _shaped(_without_country(plain, rule), rule.example) or None


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _without_country(plain: str, rule: CountryRule) -> str:
    """Without the country before it; only where postcodes don't begin with letters themselves."""
    number = plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    before = plain.removesuffix(number)
    return number if number and before in (rule.code, *_MARKS.get(rule.code, ())) else plain


def _shaped(plain: str, example: str) -> str:
    """With blanks and dashes where the example has them, if it is as long."""
    if len(plain) != sum(map(str.isalnum, example)):
        return plain
    letters = iter(plain)
    return "".join(next(letters) if mark.isalnum() else mark for mark in example)
