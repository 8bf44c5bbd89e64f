"""The countries that we deliver to, and what their addresses need.

One line a country: what our carriers want besides what `address_formats` says. `postcodes` reads what people write.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from orderhub.domain.accounts.address_formats import format_of, postcodes_of
from orderhub.kit.text import Label

_ALWAYS: Final = ("name", "line1", "city")
_MAINLAND: Final = r"(?:0[1-9]|[1-8]\d|9[0-578])\d{3}"
"""France as its people write it: with the departments and territories overseas, which have codes of their own, too."""


@dataclass(frozen=True, slots=True)
class Region:
    """A province: its code, its names, and which postcodes are in it."""

    code: str
    names: tuple[str, ...]
    pattern: str
    """Of what its postcodes begin with."""

    @property
    def first_letters(self) -> str:
        """What its postcodes begin with: any of these letters."""
        return "".join(sorted({begin[0] for begin in self.pattern.strip("^").split("|")}))

    def has(self, postcode: str) -> bool:
        """Whether a postcode of the country may be in it."""
        return re.match(self.pattern, postcode) is not None

    def is_called(self, text: str) -> bool:
        """Whether this is its code or one of its names."""
        return text.casefold() in {name.casefold() for name in (self.code, *self.names)}


@dataclass(frozen=True)
class CountryRule:
    """A country's addresses."""

    code: str
    label: Label
    own_pattern: str | None = None
    """Of its postcodes, where the library takes others for them or leaves some out."""
    needs: tuple[str, ...] = ()
    """Fields that our carriers need and the country doesn't."""
    has_regions: bool = False
    """Whether carriers ask for the province."""

    @property
    def postcode(self) -> str | None:
        """The pattern of its postcodes as they are kept; None where there are none."""
        return self.own_pattern or format_of(self.code).postcode

    @property
    def example(self) -> str | None:
        """One of its postcodes."""
        return format_of(self.code).example

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must be given, besides the country."""
        asked = {"postcode": format_of(self.code).postcode_needed, "region": self.has_regions, "phone": False}
        return (*_ALWAYS, *(name for name, needed in asked.items() if needed or name in self.needs))

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """The provinces by their codes; empty where none is asked for."""
        if not self.has_regions:
            return {}
        known = format_of(self.code).regions
        return {code: Region(code, names, postcodes_of(self.code, code)) for code, names in known.items()}


def _courier(code: str, fr: str, en: str) -> CountryRule:
    """Where couriers find people by phone."""
    return CountryRule(code, Label(fr, en), needs=("phone",))


_ALL: Final = (
    CountryRule("FR", Label("France", "France"), _MAINLAND),
    CountryRule("GP", Label("Guadeloupe", "Guadeloupe"), r"971\d{2}"),
    CountryRule("MQ", Label("Martinique", "Martinique"), r"972\d{2}"),
    CountryRule("GF", Label("Guyane", "French Guiana"), r"973\d{2}"),
    CountryRule("RE", Label("La Réunion", "Réunion"), r"97[48]\d{2}"),
    CountryRule("YT", Label("Mayotte", "Mayotte")),
    CountryRule("MC", Label("Monaco", "Monaco"), needs=("postcode",)),
    CountryRule("BE", Label("Belgique", "Belgium")),
    CountryRule("CH", Label("Suisse", "Switzerland")),
    CountryRule("LU", Label("Luxembourg", "Luxembourg")),
    CountryRule("CA", Label("Canada", "Canada"), has_regions=True),
    _courier("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
    _courier("CM", "Cameroun", "Cameroon"),
    _courier("SN", "Sénégal", "Senegal"),
    _courier("GA", "Gabon", "Gabon"),
    _courier("BJ", "Bénin", "Benin"),
    _courier("TG", "Togo", "Togo"),
    _courier("ML", "Mali", "Mali"),
    _courier("BF", "Burkina Faso", "Burkina Faso"),
    _courier("CG", "Congo", "Congo"),
    _courier("CD", "République démocratique du Congo", "Democratic Republic of the Congo"),
    _courier("MA", "Maroc", "Morocco"),
    _courier("TN", "Tunisie", "Tunisia"),
    CountryRule("DE", Label("Allemagne", "Germany")),
    CountryRule("ES", Label("Espagne", "Spain")),
    CountryRule("IT", Label("Italie", "Italy")),
    CountryRule("NL", Label("Pays-Bas", "Netherlands")),
    CountryRule("PT", Label("Portugal", "Portugal")),
)

COUNTRY_RULES: Final = {rule.code: rule for rule in _ALL}
"""The countries that addresses may be in."""
