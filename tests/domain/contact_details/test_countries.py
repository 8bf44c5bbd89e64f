"""Numbers without a calling code, as people write them in each country that we serve."""

import pytest

from orderhub.domain.accounts.countries import COUNTRY_RULES
from orderhub.domain.contact_details.masking import MASK, find, masked
from orderhub.domain.contact_details.numbering_plans import SERVED

WRITTEN = {
    "ML": ["70 12 34 56", "70123456", "70.12.34.56", "20 21 23 45", "70|12|34|56", "223 70 12 34 56"],
    "BF": ["70 12 34 56", "01 23 45 67", "25 49 12 34"],
    "TG": ["90 11 23 45", "22 21 23 45", "90-11-23-45"],
    "CM": ["6 71 23 45 67", "671 23 45 67", "671234567", "2 22 12 34 56"],
    "CG": ["06 612 34 56", "066123456", "06 612 3456", "22 212 34 56"],
    "CD": ["0991 234 567", "099 123 45 67", "0812345678"],
    "TN": ["20 123 456", "20 12 34 56", "20123456", "71 234 567"],
    "SN": ["77 123 45 67", "771234567", "33 821 23 45"],
    "CI": ["07 07 12 34 56", "0707123456", "27 20 30 40 50", "01 23 45 6789"],
    "BJ": ["01 97 12 34 56", "0197123456"],
    "GN": ["621 12 34 56", "621123456"],
    "NE": ["96 12 34 56", "93123456", "20 20 31 23"],
    "GA": ["06 03 12 34", "074 12 34 56", "06031234"],
    "MA": ["06 50 12 34 56", "0650-123456", "0522 12 34 56"],
    "DZ": ["0551 23 45 67", "05 51 23 45 67", "021 23 45 67"],
    "FR": ["06 12 34 56 78", "01.44.55.66.77", "0 612 345 678"],
    "RE": ["0692 12 34 56", "0262 16 12 34"],
    "GP": ["0690 00 12 34"],
    "MQ": ["0696 20 12 34"],
    "GF": ["0694 20 12 34"],
    "YT": ["0639 01 23 45"],
    "BE": ["0470 12 34 56", "0470/12.34.56", "02 512 34 56"],
    "CH": ["078 123 45 67", "0781234567", "021 234 56 78"],
    "LU": ["621 123 456", "27 12 34 56"],
    "CA": ["(514) 555-2368", "514-555-2368", "514.555.2368", "1 514 555 2368", "5145552368"],
}
NOWHERE = [
    "Commande n° 70123456",
    "ref: 771234567",
    "Total : 20 123 456 FCFA",
    "le 21/12/2026 à 14 h 30",
    "tailles 70 72 74 76",
    "20261121",
    "CMJN 0/100/100/100",
]


@pytest.mark.parametrize(("country", "number"), [(code, number) for code in WRITTEN for number in WRITTEN[code]])
def test_a_number_is_seen_between_people_of_its_country(country: str, number: str) -> None:
    text = f"Voici le mien : {number}. À bientôt"
    assert masked(text, find(text, frozenset((country,)))) == f"Voici le mien : {MASK}. À bientôt"


@pytest.mark.parametrize(("country", "number"), [(code, number) for code in WRITTEN for number in WRITTEN[code]])
def test_a_number_beside_a_word_for_calling_is_seen_between_anybody(country: str, number: str) -> None:
    text = f"Appelez-moi au {number}"
    assert masked(text, find(text)) == f"Appelez-moi au {MASK}"


@pytest.mark.parametrize("country", sorted(WRITTEN))
@pytest.mark.parametrize("text", NOWHERE)
def test_other_figures_are_left_alone_in_every_country(country: str, text: str) -> None:
    assert find(text, frozenset((country,))) == ()


def test_eight_digits_in_pairs_are_no_number_between_people_of_other_countries() -> None:
    text = "Le carton fait 70 12 34 56"
    assert find(text, frozenset(("FR",))) == ()
    assert find(text, frozenset(("FR", "ML"))) != ()


def test_every_country_that_addresses_may_be_in_is_served() -> None:
    assert set(COUNTRY_RULES) <= SERVED
