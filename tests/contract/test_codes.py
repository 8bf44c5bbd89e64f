"""Closed sets in the document: each is one component with a name, made of the rows; each action is a schema."""

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import pytest
from pydantic import ValidationError

from orderhub.api.schemas.base import Input, Output
from orderhub.api.schemas.events.forms import DATA
from orderhub.api.schemas.orders.actions import ACTIONS
from orderhub.api.schemas.orders.codes import OrderKind
from orderhub.api.texts import explanations
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.stages import STAGES
from orderhub.domain.process import UNASKED
from orderhub.domain.quotes.process import PAST, QUOTE

FREE: Final = {
    ".AuditOut.properties.before.anyOf[0]",
    ".AuditOut.properties.after.anyOf[0]",
    ".ExportOut.properties.account",
    ".ExportOut.properties.addresses.items",
    ".ExportOut.properties.notification_preferences",
    ".ExportOut.properties.sessions.items",
}
"""Whatever was changed, and whatever is known of a person: as it is stored."""
ILLUSTRATION: Final = {"example", "examples"}
_CHOICE: Final = re.compile(r"^\^\([a-z_]+(\|[a-z_]+)+\)\$$")


def inner(part: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object below a part of the document, with its place."""
    if isinstance(part, dict):
        whole = cast("dict[str, Any]", part)
        for name, below in whole.items():
            if name not in ILLUSTRATION:
                if isinstance(below, dict):
                    yield f"{place}.{name}", below
                yield from inner(below, f"{place}.{name}")
    elif isinstance(part, list):
        for number, below in enumerate(cast("list[Any]", part)):
            if isinstance(below, dict):
                yield f"{place}[{number}]", cast("dict[str, Any]", below)
            yield from inner(below, f"{place}[{number}]")


def actions_of(schemas: dict[str, Any], union: str) -> dict[str, str]:
    """The schema of each action."""
    mapping = schemas[union]["discriminator"]["mapping"]
    return {action: target.rpartition("/")[2] for action, target in mapping.items()}


def test_a_closed_set_is_a_component_and_no_list_and_no_pattern(document: dict[str, Any]) -> None:
    found = [
        place
        for name in ("paths", "components")
        for place, schema in inner(document[name], name)
        if (isinstance(schema.get("enum"), list) and not re.fullmatch(r"components\.schemas\.\w+", place))
        or _CHOICE.match(str(schema.get("pattern")))
    ]
    assert found == []


def test_every_closed_set_says_what_it_is_and_has_each_code_once(schemas: dict[str, Any]) -> None:
    sets = {name: schema for name, schema in schemas.items() if "enum" in schema}
    assert len(sets) > 50
    for name, schema in sets.items():
        assert schema["description"], name
        assert len(schema["enum"]) == len(set(schema["enum"])) > 0, name


def test_the_sets_of_orders_are_those_of_the_kinds(schemas: dict[str, Any]) -> None:
    rows = [row for kind in KINDS.values() for row in kind.table.rows]
    assert schemas["OrderKind"]["enum"] == list(KINDS)
    assert set(schemas["OrderStatus"]["enum"]) == {code for kind in KINDS.values() for code in kind.table.by_code}
    assert schemas["OrderStage"]["enum"] == list(STAGES)
    assert set(schemas["OrderTransitionName"]["enum"]) == {row.action for row in rows}
    assert set(schemas["OrderActionName"]["enum"]) == {
        row.action for row in rows if row.start and not row.by <= UNASKED
    }
    assert set(schemas["QuoteStatus"]["enum"]) == set(QUOTE.by_code)


def test_stages_stand_in_the_order_of_an_orders_life(schemas: dict[str, Any]) -> None:
    assert schemas["OrderStage"]["enum"] == [
        "awaiting", "in_progress", "delivered", "awaiting_validation", "confirmed", "arrived",
        "to_ship", "shipped", "return", "returned", "disputed", "completed", "cancelled",
    ]  # fmt: skip


@pytest.mark.parametrize("thing", ["Order", "Quote", "Offer"])
def test_each_action_is_a_schema_that_is_named_after_it(schemas: dict[str, Any], thing: str) -> None:
    members = actions_of(schemas, f"{thing}Action")
    assert set(members) == set(schemas[f"{thing}ActionName"]["enum"])
    assert len(set(members.values())) == len(members)
    for action, name in members.items():
        assert schemas[name]["properties"]["action"]["const"] == action
        assert "action" in schemas[name]["required"], name
        assert name.startswith("".join(map(str.capitalize, action.split("_")))), (action, name)


def test_a_body_knows_its_action() -> None:
    assert len({body.about() for body in ACTIONS}) == len(ACTIONS)


def test_each_topic_that_is_served_is_a_form(schemas: dict[str, Any]) -> None:
    mapping = schemas["Event"]["discriminator"]["mapping"]
    assert set(mapping) == set(TOPICS) == set(DATA)
    assert {topic for topic in TOPICS if topic.startswith("quote.")} == {f"quote.{past}" for past in PAST.values()}
    of_offers = {f"offer.{past}" for past in PAST_OF_OFFERS.values()}
    assert {topic for topic in TOPICS if topic.startswith("offer.")} == of_offers
    for topic, target in mapping.items():
        form = schemas[target.rpartition("/")[2]]
        assert form["properties"]["topic"]["const"] == topic
        assert form["description"] == TOPICS[topic]
        assert "$ref" in form["properties"]["data"], topic


def test_nothing_is_an_object_without_a_form(document: dict[str, Any]) -> None:
    found = {
        place
        for place, schema in inner(document["components"]["schemas"], "")
        if schema.get("type") == "object" and not {"properties", "patternProperties", "propertyNames"} & schema.keys()
    }
    assert found == FREE


def test_every_union_that_is_told_apart_is_a_component(document: dict[str, Any]) -> None:
    found = [place for place, schema in inner(document["paths"], "") if "discriminator" in schema]
    assert found == []


def test_a_problem_names_one_of_the_codes_that_have_a_page(schemas: dict[str, Any]) -> None:
    assert schemas["Problem"]["properties"]["code"]["$ref"].endswith("/ProblemCode")
    assert schemas["ProblemCode"]["enum"] == list(explanations())


def test_an_unknown_code_is_refused_where_it_comes_in_and_shown_where_it_is_stored() -> None:
    class Sent(Input):
        kind: OrderKind

    class Shown(Output):
        kind: OrderKind
        kinds: list[OrderKind]

    with pytest.raises(ValidationError, match="Send one of service, sourced"):
        Sent.model_validate({"kind": "errands"})
    assert Shown.model_validate({"kind": "older", "kinds": ["older"]}).kind == "older"
