"""What is said with each action: entries of a history and data of events have a form for each, made of the rows."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from orderhub.domain.orders import money
from orderhub.domain.orders.history_data import PRIVATE
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.process import Row
from orderhub.domain.processes import topic_of
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.transitions.said import Names, by_action, said_by, says
from tests.contract.test_codes import actions_of
from tests.contract.truth import faults

THINGS: Final = {"Order": [kind.table for kind in KINDS.values()], "Quote": [QUOTE]}
EVERY: Final = [(thing, row.action) for thing, tables in THINGS.items() for table in tables for row in table.rows]
NOTHING: Final = "NothingSaid"

Schemas = Mapping[str, dict[str, Any]]


def target(member: Mapping[str, Any]) -> str:
    """The schema that a property refers to."""
    return str(member["$ref"]).rpartition("/")[2]


def rows_of(thing: str, action: str) -> Iterator[tuple[Any, Row[Any]]]:
    """The rows of an action, of whichever kind, each with its table."""
    return ((table, row) for table in THINGS[thing] for row in table.rows if row.action == action)


def said_in(table: Any, row: Row[Any]) -> set[str]:
    """What a row may say: the part of each of its effects, and the requests that leaving a status closes."""
    moves = [effect for escrow, effect in money.EFFECTS.items() if escrow is row.escrow]
    leaves = table is not QUOTE and row.start is not None and table.targets(row) != (row.start,)
    return {*said_by((*row.effects, *moves)).all, *(["overtaken"] if leaves else [])}


def entry_of(schemas: Schemas, thing: str, action: str) -> dict[str, Any]:
    """The form of an action in the history."""
    return schemas[actions_of(dict(schemas), f"{thing}HistoryOut")[action]]


def data_of(schemas: Schemas, topic: str, action: str) -> dict[str, Any]:
    """The form of an action in the events of a topic."""
    event = schemas[target({"$ref": schemas["Event"]["discriminator"]["mapping"][topic]})]
    form = target(event["properties"]["data"])
    return schemas[actions_of(dict(schemas), form)[action] if "oneOf" in schemas[form] else form]


@pytest.mark.parametrize("thing", THINGS)
def test_each_action_has_one_form_in_the_history(schemas: dict[str, Any], thing: str) -> None:
    members = actions_of(schemas, f"{thing}HistoryOut")
    assert set(members) == set(schemas[f"{thing}TransitionName"]["enum"])
    assert sorted(members.values()) == sorted(map(target, schemas[f"{thing}HistoryOut"]["oneOf"]))
    assert len(set(members.values())) == len(members)
    for action, name in members.items():
        assert schemas[name]["properties"]["action"]["const"] == action
        assert set(schemas[name]["required"]) == set(schemas[name]["properties"])


@pytest.mark.parametrize(("thing", "action"), dict.fromkeys(EVERY))
def test_what_an_action_says_is_what_its_rows_say(schemas: dict[str, Any], thing: str, action: str) -> None:
    name = target(entry_of(schemas, thing, action)["properties"]["said"])
    found = {member for table, row in rows_of(thing, action) for member in said_in(table, row)}
    assert schemas[name]["properties"].keys() == found
    assert (name == NOTHING) == (not found)
    for table, row in rows_of(thing, action):
        assert set(schemas[name].get("required", ())) <= said_in(table, row) - PRIVATE


@pytest.mark.parametrize(("thing", "action"), dict.fromkeys(EVERY))
def test_an_event_says_the_same_as_the_history(schemas: dict[str, Any], thing: str, action: str) -> None:
    said = entry_of(schemas, thing, action)["properties"]["said"]["$ref"]
    for table, row in rows_of(thing, action):
        data = data_of(schemas, str(topic_of(table, row)), action)
        assert data["properties"]["action"]["const"] == action
        says_it = row.start is not None and target({"$ref": said}) != NOTHING
        assert data["properties"].get("said", {}).get("$ref") == (said if says_it else None)


def test_what_is_always_said_is_required(schemas: dict[str, Any]) -> None:
    assert schemas["OrderRefundPartSaid"]["required"] == ["refunded"]
    assert "said" in schemas["OrderRefundPartData"]["required"]
    assert schemas["OrderDeliverSaid"]["required"] == ["files"]
    assert "required" not in schemas["OrderReportProblemSaid"], "words of a person are erased with them"
    assert "required" not in schemas["OrderApproveSaid"], "each party sees a part"


def test_a_late_order_says_nothing(schemas: dict[str, Any]) -> None:
    assert "said" not in schemas["OrderLateData"]["properties"]


def entry(action: str, said: dict[str, Any]) -> dict[str, Any]:
    """Something that happened to an order."""
    moment = {"version": 4, "at": "2026-11-21T09:30:00Z", "by": "seller"}
    return {**moment, "action": action, "from": "in_progress", "to": "delivered", "said": said}


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("deliver", {"message": "Voici."}),
        ("deliver", {"files": [], "refunded": {"amount": 1, "currency": "EUR"}}),
        ("withdraw_cancellation", {"reason": "Je ne veux plus."}),
        ("dance", {}),
    ],
)
def test_what_an_action_never_says_is_found(action: str, said: dict[str, Any]) -> None:
    assert list(faults("OrderHistoryOut", entry(action, said)))


def test_what_an_action_says_is_true() -> None:
    happened = [entry("deliver", {"files": [], "message": "Voici."}), entry("withdraw_cancellation", {})]
    assert [fault for each in happened for fault in faults("OrderHistoryOut", each)] == []


def test_effects_say_together_what_each_says() -> None:
    @says("days", perhaps=["reason"])
    def ask(_: Any) -> None: ...

    @says("reason", perhaps=["files"])
    def explain(_: Any) -> None: ...

    both = Names(frozenset({"days", "reason"}), frozenset({"files"}))
    assert said_by([ask, explain]) == both
    either = by_action([("go", said_by([ask])), ("go", said_by([explain])), ("come", both)])
    assert either["go"] == Names(frozenset(), frozenset({"days", "reason", "files"}))
    assert either["come"] == both
    assert both.perhaps_without(frozenset({"days"})) == Names(frozenset({"reason"}), frozenset({"files", "days"}))
