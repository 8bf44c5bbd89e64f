"""The same thing has the same form and the same name wherever the document shows it."""

from collections.abc import Iterator
from typing import Any, Final

PHOTO: Final = "PhotoOut"
PERSON: Final = "PersonOut"
PICTURES: Final = frozenset({"photo", "photos", "logo"})
PEOPLE: Final = frozenset({"buyer", "seller", "author", "other_party", "account"})
"""What a person is called in something that has to do with them."""
OF_EVENTS: Final = "EventPersonOut"
"""Who somebody was when it happened, by id and handle: events are kept for ever, a person's name and face are not."""
WRITTEN: Final = frozenset({"RegisterAccount", "UpdateMe"})
"""What a person says of themselves."""
AMOUNT: Final = "amount"
OF_ACTIONS: Final = "Said"
"""What is said with one of many actions: the same has the same name in all, whatever else each says."""
PRICES: Final = frozenset({"price", "unit_price", "rate_per_kg", "expected_price", "expected_total"})
"""What is asked for something, which isn't an amount of it."""
OTHER_MONEY: Final = {
    "DocumentOut.total": "as the document that it is about says it",
    "EventQuoteOut.total": "as its quote says it",
    "ConfirmBalance.received": "what came, which may be another amount than was asked for",
    "ConfirmDeposit.received": "likewise",
    "ConfirmPayment.received": "likewise",
    "RecordPart.received": "likewise",
}
"""The one money of a thing that has another name, and why."""

Schemas = dict[str, dict[str, Any]]


def properties(schemas: Schemas) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, schema in schemas.items():
        for member, said in schema.get("properties", {}).items():
            yield name, member, said


def forms(said: dict[str, Any]) -> set[str]:
    """The schemas that a property is, or a list of; null aside."""
    if "$ref" in said:
        return {said["$ref"].rpartition("/")[2]}
    if said.get("type") == "array":
        return forms(said["items"])
    return {form for option in said.get("anyOf", ()) for form in forms(option)} or {str(said.get("type"))} - {"null"}


def test_every_picture_is_a_photo(schemas: Schemas) -> None:
    found = {f"{name}.{member}": forms(said) for name, member, said in properties(schemas) if member in PICTURES}
    assert len(found) > 8
    assert {place: form for place, form in found.items() if form - {"null"} != {PHOTO}} == {}
    assert list(schemas[PHOTO]["properties"]) == ["id", "url", "thumbnail_url", "width", "height"]
    assert set(schemas[PHOTO]["required"]) == set(schemas[PHOTO]["properties"])


def test_nothing_else_is_like_a_photo(schemas: Schemas) -> None:
    alike = {
        name for name, schema in schemas.items() if {"thumbnail_url", "url"} <= schema.get("properties", {}).keys()
    }
    assert alike == {PHOTO, "FileOut", "AttachmentOut"}  # any file, a picture or not


def test_every_person_has_the_one_form(schemas: Schemas) -> None:
    person: dict[str, Any] = schemas[PERSON]["properties"]
    assert list(person) == ["id", "handle", "display_name", "photo"]
    assert set(schemas[PERSON]["required"]) == set(person)
    alike = {
        name for name, schema in schemas.items() if {"handle", "display_name"} & schema.get("properties", {}).keys()
    }
    assert alike >= {PERSON, "AccountOut", "MeOut", "SellerOut", "StaffAccountOut"}
    for name in alike - WRITTEN - {OF_EVENTS}:
        shown: dict[str, Any] = schemas[name]["properties"]
        assert {member: shown.get(member) for member in person} == person, name
        assert set(schemas[name]["required"]) >= set(person), name


def test_whoever_is_named_is_a_person(schemas: Schemas) -> None:
    people = {name for name, schema in schemas.items() if "handle" in schema.get("properties", {})} - WRITTEN
    found = {
        f"{name}.{member}": forms(said)
        for name, member, said in properties(schemas)
        if member in PEOPLE and forms(said) & schemas.keys()
    }
    assert found["OrderSummaryOut.other_party"] == found["ConversationSummaryOut.other_party"] == {PERSON}
    for place, form in found.items():
        assert form - {"null"} <= people, place
        assert place.startswith("Event") or OF_EVENTS not in form, place
    others = {member for _, member, said in properties(schemas) if forms(said) & people}
    assert others - PEOPLE == {"data", "mentions", "person"}
    assert [
        member for _, member, _ in properties(schemas) if member in {"other", "counterpart", "partner", "peer"}
    ] == []


def test_the_one_amount_of_a_thing_is_called_amount(schemas: Schemas) -> None:
    money: dict[str, set[str]] = {}
    for name, member, said in properties(schemas):
        if any(form.startswith("Money") for form in forms(said)):
            money.setdefault(name, set()).add(member)
    assert len(money) > 30
    alone = {
        f"{name}.{next(iter(members))}"
        for name, members in money.items()
        if len(members) == 1 and not name.endswith(OF_ACTIONS)
    }
    named = {place for place in alone if place.rpartition(".")[2] not in PRICES | {AMOUNT}}
    assert named == OTHER_MONEY.keys()
