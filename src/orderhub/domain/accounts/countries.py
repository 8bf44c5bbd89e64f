"""How each country writes an address: which fields it needs, and what its postcodes look like.

One line a country. Postcodes are compared after white space is tidied and letters are raised.
"""

from dataclasses import dataclass, field
from typing import Final

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class CountryRule:
    """A country's addresses. ``postcode`` is a pattern, or None where there are no postcodes.

    ``regions`` maps the codes that are accepted to the first letters of their postcodes.
    """

    code: str
    label: Label
    postcode: str | None = None
    example: str | None = None
    postcode_needed: bool = True
    phone_needed: bool = False
    """Where couriers find people by phone."""
    regions: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must be given, besides the country."""
        found = ["name", "line1", "city"]
        if self.postcode is not None and self.postcode_needed:
            found.append("postcode")
        if self.regions:
            found.append("region")
        if self.phone_needed:
            found.append("phone")
        return tuple(found)


_PROVINCES = {
    "AB": "T", "BC": "V", "MB": "R", "NB": "E", "NL": "A", "NS": "B", "NT": "X", "NU": "X",
    "ON": "KLMNP", "PE": "C", "QC": "GHJK", "SK": "S", "YT": "Y",
}  # fmt: skip
_CANADA = r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]"
_FRANCE = r"(?:0[1-9]|[1-8][0-9]|9[0-5])[0-9]{3}"


def _courier(code: str, fr: str, en: str, postcode: str | None = None, example: str | None = None) -> CountryRule:
    return CountryRule(code, Label(fr, en), postcode, example, postcode_needed=False, phone_needed=True)


_ALL: Final = (
    CountryRule("FR", Label("France", "France"), _FRANCE, "75011"),
    CountryRule("GP", Label("Guadeloupe", "Guadeloupe"), r"971[0-9]{2}", "97110"),
    CountryRule("MQ", Label("Martinique", "Martinique"), r"972[0-9]{2}", "97200"),
    CountryRule("GF", Label("Guyane", "French Guiana"), r"973[0-9]{2}", "97300"),
    CountryRule("RE", Label("La Réunion", "Réunion"), r"974[0-9]{2}", "97400"),
    CountryRule("YT", Label("Mayotte", "Mayotte"), r"976[0-9]{2}", "97600"),
    CountryRule("MC", Label("Monaco", "Monaco"), r"980[0-9]{2}", "98000"),
    CountryRule("BE", Label("Belgique", "Belgium"), r"[1-9][0-9]{3}", "1050"),
    CountryRule("CH", Label("Suisse", "Switzerland"), r"[1-9][0-9]{3}", "1201"),
    CountryRule("LU", Label("Luxembourg", "Luxembourg"), r"[1-9][0-9]{3}", "1468"),
    CountryRule("CA", Label("Canada", "Canada"), _CANADA, "H2X 1Y4", regions=_PROVINCES),
    _courier("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
    _courier("CM", "Cameroun", "Cameroon"),
    _courier("SN", "Sénégal", "Senegal", r"[0-9]{5}", "10700"),
    _courier("GA", "Gabon", "Gabon"),
    _courier("BJ", "Bénin", "Benin"),
    _courier("TG", "Togo", "Togo"),
    _courier("ML", "Mali", "Mali"),
    _courier("BF", "Burkina Faso", "Burkina Faso"),
    _courier("CG", "Congo", "Congo"),
    _courier("CD", "République démocratique du Congo", "Democratic Republic of the Congo"),
    _courier("MA", "Maroc", "Morocco", r"[1-9][0-9]{4}", "20250"),
    _courier("TN", "Tunisie", "Tunisia", r"[0-9]{4}", "1002"),
    CountryRule("DE", Label("Allemagne", "Germany"), r"[0-9]{5}", "10115"),
    CountryRule("ES", Label("Espagne", "Spain"), r"(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", "08001"),
    CountryRule("IT", Label("Italie", "Italy"), r"[0-9]{5}", "20121"),
    CountryRule("NL", Label("Pays-Bas", "Netherlands"), r"[1-9][0-9]{3} [A-Z]{2}", "1012 AB"),
    CountryRule("PT", Label("Portugal", "Portugal"), r"[1-9][0-9]{3}-[0-9]{3}", "1100-148"),
)

COUNTRY_RULES: Final = {rule.code: rule for rule in _ALL}
"""The countries that addresses may be in."""
