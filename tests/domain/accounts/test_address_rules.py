"""Addresses as each country writes them: a good one, and what is wrong with the others."""

from dataclasses import replace

import pytest

from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.accounts.countries import COUNTRY_RULES
from orderhub.kit.errors import InvalidError

GOOD = {
    "FR": PostalAddress("Awa Diop", "12 rue Oberkampf", "Paris", "FR", "75011", phone="06 12 34 56 78"),
    "GP": PostalAddress("Awa Diop", "3 rue Frébault", "Pointe-à-Pitre", "GP", "97110", phone="0690 12 34 56"),
    "MQ": PostalAddress("Awa Diop", "8 rue Lamartine", "Fort-de-France", "MQ", "97200", phone="0696 12 34 56"),
    "GF": PostalAddress("Awa Diop", "5 place des Palmistes", "Cayenne", "GF", "97300", phone="0694 12 34 56"),
    "RE": PostalAddress("Awa Diop", "20 rue de Paris", "Saint-Denis", "RE", "97400", phone="0692 12 34 56"),
    "YT": PostalAddress("Awa Diop", "1 rue du Commerce", "Mamoudzou", "YT", "97600", phone="+262 639 39 12 34"),
    "MC": PostalAddress("Awa Diop", "2 rue Grimaldi", "Monaco", "MC", "98000"),
    "BE": PostalAddress("Awa Diop", "7 chaussée d’Ixelles", "Ixelles", "BE", "1050", phone="0470 12 34 56"),
    "CH": PostalAddress("Awa Diop", "4 rue du Rhône", "Genève", "CH", "1204", phone="079 123 45 67"),
    "LU": PostalAddress("Awa Diop", "9 avenue de la Gare", "Luxembourg", "LU", "1611"),
    "CA": PostalAddress("Awa Diop", "100 rue Milton", "Montréal", "CA", "h2x1y4", "qc", phone="514 234 5678"),
    "CI": PostalAddress("Awa Diop", "Cocody, rue des Jardins", "Abidjan", "CI", phone="07 07 12 34 56"),
    "CM": PostalAddress("Awa Diop", "Akwa, rue Joffre", "Douala", "CM", phone="6 71 23 45 67"),
    "SN": PostalAddress("Awa Diop", "Médina, rue 6", "Dakar", "SN", phone="77 123 45 67"),
    "GA": PostalAddress("Awa Diop", "Quartier Louis", "Libreville", "GA", phone="062 12 34 56"),
    "NL": PostalAddress("Awa Diop", "Damrak 1", "Amsterdam", "NL", "1012ab"),
    "PT": PostalAddress("Awa Diop", "Rua Augusta 3", "Lisboa", "PT", "1100-148"),
}

BAD_POSTCODES = [
    ("FR", "7501"), ("FR", "96400"), ("FR", "ABCDE"), ("FR", "00100"), ("GP", "97200"), ("MQ", "75011"),
    ("GF", "97400"), ("RE", "97300"), ("YT", "97500"), ("BE", "999"), ("BE", "10500"), ("CH", "120"),
    ("CA", "H2X 1Y"), ("CA", "D2X 1Y4"), ("SN", "107"), ("NL", "0012 AB"), ("PT", "1100"),
]  # fmt: skip


def faults(address: PostalAddress, base: str = "") -> dict[str, str]:
    with pytest.raises(InvalidError) as refusal:
        check_address(address, base)
    return {fault.pointer: fault.code for fault in refusal.value.errors}


@pytest.mark.parametrize("country", list(GOOD))
def test_a_good_address_is_accepted(country: str) -> None:
    checked = check_address(GOOD[country])
    assert checked.phone is None or checked.phone.startswith("+")


@pytest.mark.parametrize("country", [code for code, rule in COUNTRY_RULES.items() if rule.example])
def test_the_example_of_a_country_is_a_postcode_of_it(country: str) -> None:
    like = replace(GOOD["CA"] if country == "CA" else GOOD["FR"], country=country, phone="+33612345678")
    assert check_address(replace(like, postcode=COUNTRY_RULES[country].example))


@pytest.mark.parametrize(("country", "postcode"), BAD_POSTCODES)
def test_a_bad_postcode_is_refused(country: str, postcode: str) -> None:
    assert faults(replace(GOOD[country], postcode=postcode)) == {"/postcode": "invalid_postcode"}


@pytest.mark.parametrize("country", ["FR", "GP", "MQ", "GF", "RE", "YT", "BE", "CH", "CA"])
def test_a_country_with_postcodes_needs_one(country: str) -> None:
    assert faults(replace(GOOD[country], postcode=None)) == {"/postcode": "required"}


@pytest.mark.parametrize("country", ["CI", "CM", "GA"])
def test_a_country_without_postcodes_takes_none(country: str) -> None:
    assert faults(replace(GOOD[country], postcode="75011")) == {"/postcode": "no_postcode"}


@pytest.mark.parametrize("country", ["CI", "CM", "SN", "GA"])
def test_couriers_find_people_by_phone(country: str) -> None:
    assert faults(replace(GOOD[country], phone=None)) == {"/phone": "required"}


@pytest.mark.parametrize(("country", "phone"), [("FR", "01 23"), ("CI", "07 12 34 56"), ("CA", "123 456 7890")])
def test_a_number_that_cannot_exist_is_refused(country: str, phone: str) -> None:
    assert faults(replace(GOOD[country], phone=phone)) == {"/phone": "invalid_phone"}


def test_a_metropolitan_number_is_understood_overseas() -> None:
    assert check_address(replace(GOOD["RE"], phone="06 12 34 56 78")).phone == "+33612345678"


@pytest.mark.parametrize("postcode", ["97110", "97400", "97821", "98800"])
def test_france_takes_overseas_postcodes_as_its_people_write_them(postcode: str) -> None:
    checked = check_address(replace(GOOD["FR"], postcode=postcode, phone="0692 12 34 56"))
    assert (checked.country, checked.postcode, checked.phone) == ("FR", postcode, "+262692123456")


def test_the_postcode_of_another_department_says_its_country() -> None:
    with pytest.raises(InvalidError) as refusal:
        check_address(replace(GOOD["GP"], postcode="97400"))
    assert "use the country RE" in refusal.value.errors[0].detail.en


def test_canada_is_tidied_and_needs_a_province_that_fits() -> None:
    checked = check_address(GOOD["CA"])
    assert (checked.postcode, checked.region) == ("H2X 1Y4", "QC")
    assert faults(replace(GOOD["CA"], region=None)) == {"/region": "required"}
    assert faults(replace(GOOD["CA"], region="ZZ")) == {"/region": "invalid_region"}
    assert faults(replace(GOOD["CA"], region="ON")) == {"/postcode": "postcode_not_in_region"}


@pytest.mark.parametrize("region", ["QC", "qc", "Québec", "quebec", "QUÉBEC"])
def test_a_province_is_known_by_its_code_and_its_names(region: str) -> None:
    assert check_address(replace(GOOD["CA"], region=region)).region == "QC"


def test_provinces_tell_what_their_postcodes_begin_with() -> None:
    letters = {code: region.first_letters for code, region in COUNTRY_RULES["CA"].regions.items()}
    assert (letters["QC"], letters["ON"], letters["NT"], len(letters)) == ("GHJK", "KLMNP", "X", 13)


def test_every_fault_is_named_below_its_base() -> None:
    wrong = replace(GOOD["FR"], city="", postcode="1", phone="12")
    assert faults(wrong, "/shipping_address") == {
        "/shipping_address/city": "required",
        "/shipping_address/postcode": "invalid_postcode",
        "/shipping_address/phone": "invalid_phone",
    }


def test_a_country_that_we_do_not_deliver_to_is_refused() -> None:
    assert faults(replace(GOOD["FR"], country="AQ")) == {"/country": "unsupported_country"}
