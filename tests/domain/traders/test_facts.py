"""The numbers and the address of a business, read as its country writes them."""

import pytest

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.traders.facts import TraderFacts, check_facts
from orderhub.kit.errors import InvalidError

LYON = PostalAddress(name="Bruno Kalo", line1="8 rue de la Soie", postcode="69001", city="Lyon", country="FR")
BRUSSELS = PostalAddress(name="Lotte", line1="Rue Neuve 1", postcode="1000", city="Bruxelles", country="BE")
ABIDJAN = PostalAddress(name="Moussa", line1="Avenue Chardy", city="Abidjan", country="CI", phone="07 07 12 34 56")
SAINT_DENIS = PostalAddress(name="Marie", line1="1 rue de Paris", postcode="97400", city="Saint-Denis", country="RE")
GENEVA = PostalAddress(name="Nils", line1="Rue du Rhône 1", postcode="1204", city="Genève", country="CH")


@pytest.mark.parametrize(
    ("number", "vat", "address", "kept_number", "kept_vat"),
    [
        ("732 829 320 00074", "FR 44 732 829 320", LYON, "73282932000074", "FR44732829320"),
        ("732829320", None, LYON, "732829320", None),
        ("732829320", "44732829320", LYON, "732829320", "FR44732829320"),
        ("404 833 048", "fr83404833048", SAINT_DENIS, "404833048", "FR83404833048"),
        ("0428.759.497", "BE 428.759.497", BRUSSELS, "0428.759.497", "BE0428759497"),
        ("ci-abj-2021-b-12345", None, ABIDJAN, "CI-ABJ-2021-B-12345", None),
        ("CHE-107.787.577", "CHE-107.787.577 IVA", GENEVA, "CHE-107.787.577", "CHE107787577IVA"),
        ("732829320", "BE0428759497", LYON, "732829320", "BE0428759497"),
    ],
)
def test_numbers_are_kept_as_their_states_write_them(
    number: str, vat: str | None, address: PostalAddress, kept_number: str, kept_vat: str | None
) -> None:
    found = check_facts(TraderFacts("Kalo", number, vat, address))
    assert (found.registration_number, found.vat_number) == (kept_number, kept_vat)


@pytest.mark.parametrize(
    ("number", "vat", "address", "code"),
    [
        ("732829321", None, LYON, "invalid_registration_number"),
        ("73282932000075", None, LYON, "invalid_registration_number"),
        ("kalo", None, SAINT_DENIS, "invalid_registration_number"),
        ("!!", None, ABIDJAN, "invalid_registration_number"),
        ("732829320", "FR45732829320", LYON, "invalid_vat_number"),
        ("732829320", "XX", LYON, "invalid_vat_number"),
        ("732829320", "FR83404833048", LYON, "vat_number_of_another"),
        ("CHE-107.787.577", "CHE107787578IVA", GENEVA, "invalid_vat_number"),
    ],
)
def test_a_number_that_is_none_is_named(number: str, vat: str | None, address: PostalAddress, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_facts(TraderFacts("Kalo", number, vat, address))
    assert [error.code for error in refused.value.errors] == [code]


def test_everything_wrong_is_named_at_once() -> None:
    nowhere = PostalAddress(name="Bruno", line1="8 rue de la Soie", postcode="6900", city="Lyon", country="FR")
    with pytest.raises(InvalidError) as refused:
        check_facts(TraderFacts("Kalo", "1", "FR1", nowhere))
    pointers = {error.pointer for error in refused.value.errors}
    assert pointers == {"/address/postcode", "/registration_number", "/vat_number"}
