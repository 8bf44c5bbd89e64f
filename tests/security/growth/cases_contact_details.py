"""Patterns of telephone numbers, which are made of each country's numbering plan when a text is searched."""

from itertools import count
from typing import Final

from orderhub.domain.contact_details.masking import find
from tests.security.growth.growth import Case, again

_LONGEST: Final = 10_000
_COUNTRIES: Final = frozenset({"FR", "ML", "CA", "LU", "CD", "TN"})
_numbers: Final = count()


def search(text: str) -> object:
    """Searches a text that nobody wrote before: what was found is remembered."""
    return find(f"{text}{next(_numbers)}", _COUNTRIES)


INSIDE: Final = {
    "orderhub.domain.contact_details.spelling:pattern": "makes patterns of other modules, which are found there",
}
CASES: Final = [
    Case(f"orderhub.domain.contact_details.numbering_plans:{function} of {piece!r}", search, again(piece), _LONGEST)
    for function in ("plan_of", "_of_calling_code")
    for piece in ("06 ", "+262692123456 ", "+1 ", "70 12 ", "0")
]
