"""Every schema of the document has a form: a type, bounds, and a name that the house uses."""

import re
from collections.abc import Iterator

import pytest

from tests.contract.parts import Schema, schemas_of, whole_document

INT32 = range(-(2**31), 2**31)

WITHOUT_FORM = {
    "AuditOut.before": "what a row of any table was",
    "AuditOut.after": "likewise, what it became",
    "ExportOut.account": "whatever is held about a person, column by column",
    "ExportOut.addresses.items": "likewise",
    "ExportOut.sessions.items": "likewise",
    "ExportOut.notification_preferences": "likewise",
    "receive_payment_notification body application/json": "the provider's own; its signature says that it is its own",
}
"""What may have any members, and why."""


def faults(places: Iterator[tuple[str, Schema]]) -> Iterator[str]:
    """What is loose in schemas."""
    for place, schema in places:
        if fault := loose(schema):
            yield f"{place}: {fault}"


def loose(schema: Schema) -> str:
    """What a schema doesn't say about how much there may be, or nothing."""
    if "enum" in schema or "const" in schema:
        return ""
    match schema.get("type"):
        case "string":
            return "" if "maxLength" in schema or schema.get("format") == "binary" else "maxLength"
        case "integer":
            return loose_number(schema)
        case "number":
            return "" if bounds(schema) else "minimum and maximum"
        case "array":
            return "" if "maxItems" in schema else "maxItems"
        case _:
            return ""


def bounds(schema: Schema) -> list[float] | None:
    """The lowest and the highest that is allowed; none where one of both isn't said."""
    lows = [schema[name] for name in ("minimum", "exclusiveMinimum") if name in schema]
    highs = [schema[name] for name in ("maximum", "exclusiveMaximum") if name in schema]
    return [*lows, *highs] if lows and highs else None


def loose_number(schema: Schema) -> str:
    found = bounds(schema)
    if found is None or not all(isinstance(bound, int) and abs(bound) < 2**63 - 1 for bound in found):
        return "minimum and maximum"
    wanted = "int32" if all(bound in INT32 for bound in found) else "int64"
    return "" if schema.get("format") == wanted else f"format {wanted}"


def test_everything_is_bounded() -> None:
    """Texts, whole numbers and lists: those of parameters and bodies, and those of answers and headers."""
    assert len([*schemas_of(whole_document())]) > 5000
    assert sorted(faults(schemas_of(whole_document()))) == []


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "string"}, "maxLength"),
        ({"type": "array"}, "maxItems"),
        ({"type": "integer", "format": "int64", "minimum": 0}, "minimum and maximum"),
        ({"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**63 - 1}, "minimum and maximum"),
        ({"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**31 - 1}, "format int32"),
        ({"type": "integer", "format": "int32", "minimum": 0, "maximum": 2**31}, "format int64"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "format int32"),
        ({"type": "number", "maximum": 9}, "minimum and maximum"),
    ],
)
def test_what_is_loose_is_found(schema: Schema, fault: str) -> None:
    document = {"components": {"schemas": {"Loose": {"type": "object", "properties": {"it": schema}}}}, "paths": {}}
    assert [*faults(schemas_of(document))] == [f"Loose.it: {fault}"]


def test_money_is_int64() -> None:
    schemas = whole_document()["components"]["schemas"]
    amounts = {name: schema["properties"]["amount"]["format"] for name, schema in schemas.items() if is_money(schema)}
    assert amounts == {"MoneyIn": "int64", "MoneyAboveZero": "int64", "MoneyOut": "int64"}


def is_money(schema: Schema) -> bool:
    return set(schema.get("properties", {})) == {"amount", "currency"}


def formless(schema: Schema) -> bool:
    """Whether a client would know nothing of it."""
    if not {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"} & schema.keys():
        return True
    is_open = schema.get("additionalProperties", True) in (True, {})
    return schema.get("type") == "object" and is_open and not schema.get("properties")


def test_everything_has_a_form() -> None:
    assert {place for place, schema in schemas_of(whole_document()) if formless(schema)} == set(WITHOUT_FORM)


@pytest.mark.parametrize("schema", [{}, {"title": "Said"}, {"type": "object"}, {"type": "object", "properties": {}}])
def test_what_has_no_form_is_found(schema: Schema) -> None:
    assert formless(schema)


_ODD = re.compile(
    r"(?:Body|PageOut|Plain|Any|Base)(?:[A-Z].*)?"  # how something is made, not what it is
    r"|.*(?:Input|Output|Body|Response|Schema|Model|Dto)"
    r"|Rule|Format|Data|Item|Out|In|Type|Value|Object|Union"
    # what a language of the generated clients has of its own, so that a generator gives another name
    r"|Awaited|Record|Partial|Required|Readonly|Pick|Omit|Exclude|Extract|Parameters|Date|Error|Promise|Map|Set|Symbol"
    r"|String|Number|Boolean|Array|Function|File|Blob|List|Result|Optional|Unit|Enum"
)


def is_odd(name: str) -> bool:
    """Whether a name says what a framework calls a thing, or nothing at all."""
    return re.fullmatch(r"[A-Z][A-Za-z]*", name) is None or _ODD.fullmatch(name) is not None


def test_schemas_are_called_as_the_house_calls_things() -> None:
    schemas = whole_document()["components"]["schemas"]
    assert [name for name in schemas if is_odd(name)] == []
    assert [name for name, schema in schemas.items() if schema.get("title", name) != name] == []


@pytest.mark.parametrize(
    "name",
    [
        "Body_upload_file_v1_files_post",
        "Body",
        "PageOut_OrderSummaryOut_",
        "PageOutOrder",
        "Role-Input",
        "Role-Output",
        "RoleInput",
        "Plain",
        "PlainOrderOut",
        "AnyOrderOut",
        "Rule",
        "Format",
        "Order2",
        "Awaited",
        "orderOut",
    ],
)
def test_an_odd_name_is_found(name: str) -> None:
    assert is_odd(name)


def untold(schemas: Schema) -> Iterator[str]:
    """Members of unions that may leave out what tells them apart: generators refuse or guess them."""
    for name, schema in schemas.items():
        union = schema.get("discriminator", {"propertyName": "", "mapping": {}})
        for value, reference in union["mapping"].items():
            if union["propertyName"] not in schemas[reference.rpartition("/")[2]].get("required", ()):
                yield f"{name}: {value}"


def test_what_tells_the_members_of_a_union_apart_is_always_there() -> None:
    assert list(untold(whole_document()["components"]["schemas"])) == []


def test_a_member_that_may_not_be_told_is_found() -> None:
    union = {"discriminator": {"propertyName": "kind", "mapping": {"item": "#/components/schemas/Item"}}}
    assert list(untold({"Any": union, "Item": {"properties": {"kind": {"const": "item"}}}})) == ["Any: item"]
    assert list(untold({"Any": union, "Item": {"required": ["kind"]}})) == []
