"""The numbering plans of the countries we serve: which digits are a telephone number, as people write them there.

The plans are those of `phonenumbers`, each read when it is first needed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

HOME: Final = frozenset(("FR", "GP", "MQ", "GF", "RE", "YT"))
"""Their ten digits begin with 0 and are looked for in every text."""
FAMILIAR: Final = frozenset(("BE", "CH", "CA", "CI", "CM", "SN", "GA", "GN", "CG", "MA", "DZ"))
"""Looked for in every text, there as they are officially spaced."""
SERVED: Final = frozenset(
    (
        *HOME,
        *FAMILIAR,
        *("MC", "PM", "BL", "MF", "LU", "BJ", "TG", "ML", "BF", "NE", "CD", "TN", "DE", "ES", "IT", "NL", "PT"),
    )
)
"""Looked for in a text whose parties are there, or that speaks of calling, however they are spaced."""
FEWEST_DIGITS: Final = 8
MOST_DIGITS: Final = 15
"""Of a number with its calling code (ITU E.164)."""
_LONGEST_CALLING_CODE: Final = 3
_KINDS: Final = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "uan")


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """The numbers of one country. ``trunk`` is what people there write before a number to call within it."""

    country: str
    calling_code: str
    trunk: str
    trunk_needed: bool
    dialled: re.Pattern[str] | None
    """A number as it is dialled within a country that has no trunk for all; its group is the number itself."""
    valid: re.Pattern[str]
    lengths: Sequence[int]
    """Digits of a number as it may be written, with its trunk or its calling code, the longest first."""

    def national(self, digits: str) -> str | None:
        """The number itself, without its trunk; None where these digits are no number of this country."""
        found = (number for number in self._readings(digits) if self.valid.fullmatch(number))
        return next(found, None)

    def _readings(self, digits: str) -> Iterator[str]:
        if not self.trunk_needed:
            yield digits
        found = self.dialled and self.dialled.fullmatch(digits)
        if found and found.lastindex:
            yield found.group(1)
        if self.trunk and digits.startswith(self.trunk):
            yield digits[len(self.trunk) :]
        if digits.startswith(self.calling_code):
            yield digits[len(self.calling_code) :]

    def spacing(self, number: str) -> Sequence[int]:
        """How many digits stand together where this number, which is valid, is written in its country."""
        parsed = phonenumbers.parse(f"+{self.calling_code}{number}")
        return [
            len(part) for part in re.findall(r"\d+", phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL))
        ]


@cache
def plan_of(country: str) -> NumberingPlan | None:
    """The plan of an ISO 3166 country; None where there is none."""
    found = PhoneMetadata.metadata_for_region(country)
    if found is None or found.general_desc is None:
        return None
    trunk, code = found.national_prefix or "", str(found.country_code)
    dialled = None if trunk else found.national_prefix_for_parsing
    before = [code, trunk] if trunk == "0" else [code, trunk, "", "0" if dialled else ""]
    return NumberingPlan(
        country=country,
        calling_code=code,
        trunk=trunk,
        trunk_needed=trunk == "0",
        dialled=re.compile(dialled) if dialled else None,
        valid=re.compile(_valid(found)),
        lengths=_lengths(found.general_desc.possible_length, before),
    )


def _lengths(numbers: Iterable[int], before: Iterable[str]) -> Sequence[int]:
    written = {number + len(prefix) for number in numbers for prefix in before}
    return sorted((length for length in written if length >= FEWEST_DIGITS), reverse=True)


def _valid(metadata: PhoneMetadata) -> str:
    kinds = (getattr(metadata, kind) for kind in _KINDS)
    patterns = {kind.national_number_pattern for kind in kinds if kind is not None and kind.national_number_pattern}
    return "|".join(sorted(patterns)) or r"(?!)"


@lru_cache(maxsize=1024)
def plans_of(countries: frozenset[str], others: frozenset[str]) -> Sequence[tuple[int, Sequence[NumberingPlan]]]:
    """The plans of several countries by how many digits their numbers have, the longest first."""
    plans = [plan for plan in map(plan_of, sorted(countries | others)) if plan is not None]
    lengths = {length for plan in plans for length in plan.lengths}
    return [(length, [plan for plan in plans if length in plan.lengths]) for length in sorted(lengths, reverse=True)]


def is_international(digits: str) -> bool:
    """Whether these digits are a calling code and a number of its country; a trunk between them is let pass."""
    for width in range(1, _LONGEST_CALLING_CODE + 1):
        found = _of_calling_code(digits[:width])
        if found is not None:
            valid, lengths = found
            numbers = (digits[width:], digits[width + 1 :] if digits[width : width + 1] == "0" else "")
            return any(len(number) in lengths and valid.fullmatch(number) for number in numbers)
    return False


@lru_cache(maxsize=1024)
def _of_calling_code(code: str) -> tuple[re.Pattern[str], frozenset[int]] | None:
    """What a number after this calling code looks like, and how many digits it has."""
    countries = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code[:1] not in ("", "0") else None
    if countries is None:
        return None
    found = [PhoneMetadata.metadata_for_region(country) for country in countries]
    known = [(one, one.general_desc) for one in found if one is not None and one.general_desc is not None]
    valid = "|".join(sorted({_valid(one) for one, _ in known}))
    return re.compile(valid or r"(?!)"), frozenset(length for _, all_ in known for length in all_.possible_length)
