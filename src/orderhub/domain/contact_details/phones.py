"""Telephone numbers in running text, and the figures that only look like one."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

FEWEST_DIGITS: Final = 8
_TRIES: Final = 200

_REGIONS: Final = (
    ("FR", Leniency.VALID),
    ("RE", Leniency.VALID),
    ("GP", Leniency.VALID),
    ("BE", Leniency.EXACT_GROUPING),
    ("CH", Leniency.EXACT_GROUPING),
    ("CA", Leniency.EXACT_GROUPING),
    ("CI", Leniency.EXACT_GROUPING),
    ("CM", Leniency.EXACT_GROUPING),
    ("SN", Leniency.EXACT_GROUPING),
    ("GA", Leniency.EXACT_GROUPING),
)
"""Where a number without its country may come from. A number that says its country is found from anywhere."""

_SEPARATOR: Final = r"[\s.\-/_·,*()]{0,3}"
_SPACED_FRENCH: Final = re.compile(rf"(?<![\w+]){_SEPARATOR}0{_SEPARATOR}[1-9](?:{_SEPARATOR}\d){{8}}(?![\w])")
"""``0 6.12-34 56/78``: spelled so that a machine should not see it."""

_CURRENCY: Final = r"(?:€|eur\b|euros?\b|f\s?cfa\b|xof\b|xaf\b|cfa\b|chf\b|usd\b|cad\b|\$|£|francs?\b)"
_NUMBER: Final = r"(?<![\d+])[1-9]\d{0,2}(?:[\s.,']?\d{3}){0,5}(?:[.,]\d{1,2})?"
_OTHER_FIGURES: Final = re.compile(
    rf"""(?<![\d.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?!\.?\d)
       | (?<!\d)(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:19|20)\d{{2}}(?!\d)
       | (?<!\d)(?:19|20)\d{{2}}[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])(?!\d)
       | (?<!\d)(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d(?::[0-5]\d)?(?!\d)
       | {_NUMBER}\s?{_CURRENCY} | {_CURRENCY}\s?{_NUMBER}
       | \b[a-z]{{2,4}}_[0-9a-z]{{26}}\b
       | \b[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Addresses of computers, dates, times of day, prices, our own ids, UUIDs."""

_REFERENCE: Final = re.compile(
    r"(?:\#|n°|\bno\.?|\bnum[ée]ro\sde\s\w+|\bcommande|\border|\br[ée]f(?:[ée]rence)?\.?|\bfacture|\binvoice|\bsiren|\bsiret"
    r"|\bsuivi|\btracking|\bdossier|\bticket|\bid)\s?[:#]?\s?(?:n°\s?)?$",
    re.IGNORECASE,
)
"""Words after which a figure is a reference, unless it says its country or begins with zero."""


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand: start and end, possibly overlapping."""
    if sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return
    figures = _OTHER_FIGURES.sub(lambda found: "x" * len(found.group()), text)
    for found in _SPACED_FRENCH.finditer(figures):
        yield _trimmed(text, found.start(), found.end())
    for region, leniency in _REGIONS:
        for match in PhoneNumberMatcher(figures, region, leniency=leniency, max_tries=_TRIES):
            if _is_number(text, match):
                yield match.start, match.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while not text[start].isdigit():
        start += 1
    return start, end


def _is_number(text: str, match: phonenumbers.PhoneNumberMatch) -> bool:
    if match.raw_string.startswith(("+", "0", "(")):
        return True
    return _REFERENCE.search(text[max(0, match.start - 30) : match.start]) is None
