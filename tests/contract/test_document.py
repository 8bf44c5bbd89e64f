"""What every operation of the document says beside its types: a verb, examples that are valid, refusals."""

import re
from collections.abc import Iterator
from typing import Any, cast

from jsonschema_rs import Draft202012Validator

VERBS = frozenset({"get", "list", "create", "update", "delete"}) | frozenset(
    """
    act advance check close confirm download export mark place preview receive refresh register reinstate reply request
    resend revoke rotate save send sign stream submit suspend upload validate
    """.split()  # noqa: SIM905 - a column of words is no easier to read
)


def every(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation by its id."""
    for methods in document["paths"].values():
        for operation in methods.values():
            yield operation["operationId"], operation


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each body: operation, media type, its content entry."""
    for name, operation in every(document):
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            yield name, media, content


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    if "$ref" not in schema:
        return schema
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


def examples(document: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    """The examples of a body, given beside its schema or in it; of a union, those of its members."""
    if "example" in content:
        return [content["example"]]
    if "examples" in content:
        return [example["value"] for example in content["examples"].values()]
    schema = resolved(document, content["schema"])
    members = [resolved(document, member) for member in schema.get("oneOf", ())]
    found = [*schema.get("examples", ())]
    for member in members:
        found += member.get("examples", ())
    return found


def parts(inner: Any) -> Iterator[dict[str, Any]]:
    """Every object within a part of the document."""
    match inner:
        case dict():
            yield cast("dict[str, Any]", inner)
            yield from parts([*cast("dict[str, Any]", inner).values()])
        case list():
            for each in cast("list[Any]", inner):
                yield from parts(each)
        case _:
            return


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of one schema of the document."""
    return Draft202012Validator({**schema, "components": document["components"]}, validate_formats=True)


def test_operation_ids_are_short_and_begin_with_a_verb(document: dict[str, Any]) -> None:
    for name, _ in every(document):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name), name
        assert len(name) <= 32, name
        assert name.partition("_")[0] in VERBS, name


def test_every_body_has_an_example_that_is_valid(document: dict[str, Any]) -> None:
    without = {name for name, _, content in bodies(document) if not examples(document, content)}
    assert without == set()
    for name, media, content in bodies(document):
        for example in examples(document, content):
            faults = (
                [] if "form" in media else [str(e) for e in validator(document, content["schema"]).iter_errors(example)]
            )
            assert faults == [], name


def test_every_example_of_a_schema_is_valid(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            faults = [str(fault) for fault in validator(document, schema).iter_errors(example)]
            assert faults == [], name


def test_every_operation_says_what_succeeds_and_what_is_refused(document: dict[str, Any]) -> None:
    for name, operation in every(document):
        statuses = {int(status) for status in operation["responses"]}
        assert any(200 <= status < 300 for status in statuses), name
        assert all(response["description"] for response in operation["responses"].values()), name
        assert not {status for status in statuses if status >= 500} - {503}, name
        for status, response in operation["responses"].items():
            if status in {"200", "201"} and name not in {"stream_events", "get_metrics"}:
                assert response.get("content"), (name, status)


def test_every_parameter_has_a_type_that_says_its_bounds(document: dict[str, Any]) -> None:
    for name, operation in every(document):
        for parameter in operation.get("parameters", ()):
            kinds = [resolved(document, kind) for kind in parameter["schema"].get("anyOf", [parameter["schema"]])]
            for kind in kinds:
                assert "type" in kind or "enum" in kind or "const" in kind, (name, parameter["name"])


def test_no_pattern_is_about_what_nobody_sees(document: dict[str, Any]) -> None:
    """Patterns say plain forms; which characters are refused anywhere is no form, and generators trip over it."""
    patterns = {str(part["pattern"]) for part in parts(document) if isinstance(part.get("pattern"), str)}
    assert len(patterns) > 20
    assert [pattern for pattern in patterns if re.search(r"\\[uxcsS]|[^ -~]|\(\?", pattern)] == []


CLEARED_BY_NULL = {
    "CommissionRule.category": "a rule for its whole kind",
    "CustomOfferIn.revisions": "as many as one wants",
    "EditLine.url": "the line has no page any more",
    "EditLine.shop_id": "the line has no shop any more",
    "EditLine.note": "the line has no note any more",
    "ItemIn.accept_from": "accepts no offer by itself",
    "ItemIn.brand": "says none",
    "ItemIn.colour": "likewise",
    "ItemIn.decline_under": "declines no offer by itself",
    "ItemIn.size": "says none",
    "ListingEdit.accept_from": "accepts no offer by itself",
    "ListingEdit.brand": "says none",
    "ListingEdit.colour": "likewise",
    "ListingEdit.decline_under": "declines no offer by itself",
    "ListingEdit.revisions": "as many as one wants",
    "ListingEdit.size": "says none",
    "ServiceIn.revisions": "as many as one wants",
    "ShopEdit.logo_file_id": "shows none",
    "ShopIn.logo_file_id": "likewise",
    "UpdateMe.photo_id": "shows none",
    "UpdateAddress.company": "removed",
    "UpdateAddress.line2": "removed",
    "UpdateAddress.postcode": "removed",
    "UpdateAddress.region": "removed",
    "UpdateAddress.phone": "removed",
    "UpdateMe.phone": "removed",
}
"""Where null says something; anywhere else what isn't wanted is left out."""


def test_nothing_that_may_be_left_out_may_be_null(document: dict[str, Any]) -> None:
    nullable = {
        f"{name}.{member}"
        for name, schema in document["components"]["schemas"].items()
        if schema.get("additionalProperties") is False
        for member, inner in schema.get("properties", {}).items()
        if member not in schema.get("required", ()) and {"type": "null"} in inner.get("anyOf", ())
    }
    assert nullable == set(CLEARED_BY_NULL)
    for name, operation in every(document):
        assert [p["name"] for p in operation.get("parameters", ()) if "null" in str(p["schema"])] == [], name


def test_bodies_refuse_what_they_do_not_know(document: dict[str, Any]) -> None:
    for name, media, content in bodies(document):
        schema = resolved(document, content["schema"])
        if name in {"receive_payment_notification", "receive_mail"}:
            continue  # their form is the sender's; the signature says that it is theirs
        for member in [resolved(document, member) for member in schema.get("oneOf", [schema])]:
            assert member.get("additionalProperties") is False, (name, media, member.get("title"))
