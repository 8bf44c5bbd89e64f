"""Closed sets, whole: what has the name of a code is one of a named set, or stands here with why it is open."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from orderhub.api.openapi.words import properties
from orderhub.domain.escrow.ledger import BESIDE_ROWS
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.processes import PROCESSES

CODE_NAMES: Final = frozenset(
    """
    action always author_role available_actions basis by categories category channels code colour currency escrow from
    grant_type guard kind kinds language masked method methods name_of_process outcome provider purpose reason role
    roles scopes stage state status tells to token_type topic type via waits_for waive
    """.split()  # noqa: SIM905 - a column of words is no easier to read
)
"""What properties and parameters are called whose value is one of a few."""

OPEN: Final = {
    "AdvanceClock.by": "how long",
    "AuditOut.action": "each part of the house calls its changes itself",
    "BoughtItemOut.colour": "of a thing, in its seller's words",
    "ItemIn.colour": "of a garment, in its seller's words",
    "ItemOut.colour": "likewise",
    "ListingEdit.colour": "likewise",
    "HandOverOrder.code": "the buyer's secret",
    "NotificationOut.code": "a wording's key: each row may have some of its own",
    "NotificationTakenOut.outcome": "for whoever reads logs: nothing hangs on it",
    "OfferIn.to": "accounts, or the word `all`",
    "OrderOut.category": "the category when it was ordered, which may be gone; of what isn't filed, the kind",
    "PickUpOut.code": "the buyer's secret",
    "Problem.status": "the HTTP status, a number",
    "Problem.type": "an address",
    "ProblemField.code": "also what the checking library says",
    "RegionOut.code": "the codes of a country's provinces, which the answer itself lists",
    "SandboxMailOut.from": "an address",
    "SandboxMailOut.to": "an address",
    "StaffPaymentOut.provider": "whichever the settings name",
    "list_sandbox_mails.to": "an address",
    "list_staff_audit.action": "as in the audit",
    "list_staff_payments.provider": "whichever the settings name",
    "receive_payment_notification.provider": "likewise; another one is a 404",
}
"""Where the name is a code's and the value is not one of a set, with why."""
_IN_WORDS: Final = "reason"
"""A sentence of somebody where it is no code: what people write and read."""


def named(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every property and parameter: where, its name, its schema."""
    for schema, whole in document["components"]["schemas"].items():
        for name, said in properties(whole):
            yield schema, name, said
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                yield operation["operationId"], parameter["name"], parameter["schema"]


def leaves(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a value may be, behind references, unions and lists; null aside."""
    if "$ref" in schema:
        yield from leaves(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    elif options := [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
        for option in options:
            yield from leaves(option, schemas)
    elif schema.get("type") == "array":
        yield from leaves(schema["items"], schemas)
    elif schema.get("type") != "null":
        yield schema


def is_closed(leaf: Mapping[str, Any]) -> bool:
    """One of a set; an object has codes of its own."""
    return bool({"enum", "const", "properties"} & leaf.keys())


def test_what_is_called_a_code_is_one_of_a_set(document: dict[str, Any], schemas: dict[str, Any]) -> None:
    """A code that is bare text stands in `OPEN` with why; a `reason` may be a sentence."""
    bare = {
        f"{place}.{name}"
        for place, name, schema in named(document)
        if name in CODE_NAMES and not all(is_closed(leaf) for leaf in leaves(schema, schemas))
    }
    assert {place for place in bare if not place.endswith(f".{_IN_WORDS}")} == set(OPEN)


def test_a_ledgers_reason_is_one_of_its_rows(schemas: dict[str, Any]) -> None:
    for schema in ("PostingOut", "StatementLineOut"):
        assert schemas[schema]["properties"][_IN_WORDS]["$ref"].endswith("/LedgerReason")
    actions = {row.action for process in PROCESSES.values() for row in process.rows}
    assert set(schemas["LedgerReason"]["enum"]) == actions | set(BESIDE_ROWS)


def test_each_table_has_statuses_and_actions_of_its_own(schemas: dict[str, Any]) -> None:
    mapping = schemas["Process"]["discriminator"]["mapping"]
    assert set(mapping) == set(PROCESSES) == set(schemas["ProcessName"]["enum"])
    for name, process in PROCESSES.items():
        word = name.capitalize()
        whole = schemas[mapping[name].rpartition("/")[2]]["properties"]
        assert whole["name"]["const"] == name
        status = f"#/components/schemas/{word}Status"
        assert whole["start"]["$ref"] == status
        row = schemas[f"{word}TransitionOut"]["properties"]
        assert [row["to"]["$ref"], row["from"]["anyOf"][0]["$ref"]] == [status, status]
        assert schemas[f"{word}StatusOut"]["properties"]["code"]["$ref"] == status
        assert set(schemas[f"{word}Status"]["enum"]) == set(process.by_code)
        assert row["action"]["$ref"] == f"#/components/schemas/{word}TransitionName"
        assert set(schemas[f"{word}TransitionName"]["enum"]) == {each.action for each in process.rows}


def test_an_order_of_any_kind_has_the_statuses_of_all(schemas: dict[str, Any]) -> None:
    whole = {code for name in KINDS for code in schemas[f"{name.capitalize()}Status"]["enum"]}
    assert set(schemas["OrderStatus"]["enum"]) == whole


def test_the_topics_of_events_are_one_set(schemas: dict[str, Any]) -> None:
    assert schemas["EventTopic"]["enum"] == list(TOPICS)
    assert set(schemas["Event"]["discriminator"]["mapping"]) == set(TOPICS)


def test_every_set_is_used(document: dict[str, Any], schemas: dict[str, Any]) -> None:
    text = str(document)
    unused = [
        name for name, schema in schemas.items() if "enum" in schema and f"'#/components/schemas/{name}'" not in text
    ]
    assert unused == []
