"""IBANs and BICs of the countries that we serve."""

import pytest

from orderhub.kit.bank_codes import iban_length, is_bic, is_iban, read_bic, read_iban, show_iban


@pytest.mark.parametrize(
    "iban",
    [
        "FR7630006000011234567890189",
        "FR76 3000 6000 0112 3456 7890 189",
        "fr76 30006 00001 12345678901 89",
        "BE68 5390 0754 7034",
        "SN08 SN01 0015 2000 0485 0000 3035",
        "CI93 CI00 8011 1301 1342 9120 0589",
    ],
)
def test_an_iban_is_one_however_it_is_spaced(iban: str) -> None:
    assert is_iban(iban)
    assert show_iban(read_iban(iban)).replace(" ", "") == read_iban(iban)


def test_an_iban_is_shown_in_groups_of_four() -> None:
    assert show_iban(read_iban("fr7630006000011234567890189")) == "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    "text", ["", "FR76", "FR7630006000011234567890188", "FR763000600001123456789018", "CD7630006000011234567890189"]
)
def test_a_wrong_digit_length_or_country_makes_it_none(text: str) -> None:
    assert not is_iban(text)


def test_only_countries_with_ibans_have_a_length() -> None:
    assert (iban_length("FR"), iban_length("SN"), iban_length("CD"), iban_length("")) == (27, 28, None, None)


def test_a_bic_names_a_country_and_has_eight_or_eleven_characters() -> None:
    assert read_bic("agri fr pp") == "AGRIFRPP"
    assert [text for text in ("AGRIFRPP", "AGRIFRPPXXX", "AGRIXXPP", "AGRIFRP", "") if is_bic(text)] == [
        "AGRIFRPP",
        "AGRIFRPPXXX",
    ]
