"""What is said with each action: what a history lists and what events say are unions told apart by ``action``.

What is answered is shown by one schema for all actions, so that a row which is older than its table can be read. The
document says of each action what its rows say: all of this is made of the tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orderhub.api.openapi.names import PREFIX
from orderhub.domain.offers import said as offers
from orderhub.domain.offers.process import OFFER
from orderhub.domain.orders import said as orders
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.process import Process
from orderhub.domain.processes import topic_of
from orderhub.domain.quotes import said as quotes
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.transitions.said import Names

Schema = dict[str, Any]
NOTHING: Final = "NothingSaid"
_NOTHING: Final[Schema] = {
    "type": "object",
    "properties": {},
    "additionalProperties": {"type": "string", "maxLength": 1},
    "maxProperties": 0,
    "title": NOTHING,
    "description": "With this action nothing is said: it has no members.",
}
"""As texts by name, of which there are none: openapi-generator has no type for an object that is closed and empty."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What has a history, and how the schemas that hold of all its actions begin."""

    name: str
    one: str
    tables: Sequence[Process[Any]]
    said: Mapping[str, Names]

    def schema_of(self, action: str, part: str) -> str:
        """How the schema of an action is called."""
        return self.name + _word(action) + part

    def said_with(self, action: str) -> str:
        """The name of the schema of what is said with an action."""
        return self.schema_of(action, "Said") if self.said[action].all else NOTHING

    def topics(self) -> dict[str, list[str]]:
        """The actions that the events of each topic tell of."""
        found: dict[str, dict[str, None]] = {}
        for table in self.tables:
            for row in table.rows:
                found.setdefault(str(topic_of(table, row)), {})[row.action] = None
        return {topic: list(actions) for topic, actions in found.items()}

    def begins(self, action: str) -> bool:
        """Whether nothing but a beginning has this action: its event says nothing."""
        return all(row.start is None for table in self.tables for row in table.rows if row.action == action)


def type_said(document: Schema) -> None:
    """Put, in place, a schema for each action where the models have one for all."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    schemas[NOTHING] = _NOTHING
    for thing in (
        Thing("Order", "an order", [kind.table for kind in KINDS.values()], orders.said_with()),
        Thing("Quote", "a quote", [QUOTE], quotes.said_with()),
        Thing("Offer", "an offer", [OFFER], offers.said_with()),
    ):
        _type_history(thing, schemas)
        _type_events(thing, schemas)
    document["components"]["schemas"] = dict(sorted(schemas.items()))


def _type_history(thing: Thing, schemas: dict[str, Schema]) -> None:
    every, entry = schemas.pop(f"{thing.name}Said"), schemas[f"{thing.name}HistoryOut"]
    for action, names in thing.said.items():
        said, name = thing.said_with(action), thing.schema_of(action, "Entry")
        if names.all:
            schemas[said] = _said(every, names) | _about(said, f"What is said with `{action}`.")
        schemas[name] = _of(entry, action, said) | _about(name, f"`{action}` happened to {thing.one}.")
    members = {action: thing.schema_of(action, "Entry") for action in thing.said}
    schemas[f"{thing.name}HistoryOut"] = _union(members) | {"description": entry["description"]}


def _type_events(thing: Thing, schemas: dict[str, Schema]) -> None:
    data = schemas.pop(f"{thing.name}ChangedData")
    for topic, actions in thing.topics().items():
        members = {action: thing.schema_of(action, "Data") for action in actions}
        for action, name in members.items():
            names = thing.said[action]
            said = thing.said_with(action) if names.all and not thing.begins(action) else None
            meaning = f"{thing.one.capitalize()} at the moment of `{action}`, and what changed."
            schemas[name] = _of(data, action, said, required=bool(names.always)) | _about(name, meaning)
        form, *others = members.values()
        if others:
            form = f"{_word(topic)}Data"
            schemas[form] = _union(members) | {"description": data["description"]}
        event = schemas[f"{_word(topic)}Event"]["properties"]
        event["data"] = event["data"] | _ref(form)


def _said(every: Schema, names: Names) -> Schema:
    """The members of all that these are, in the order of all."""
    members = {name: member for name, member in every["properties"].items() if name in names.all}
    required = [name for name in members if name in names.always]
    return {"type": "object", "properties": members} | ({"required": required} if required else {})


def _of(schema: Schema, action: str, said: str | None, *, required: bool = True) -> Schema:
    """A schema that holds of all actions as it holds of one, whose change says this."""
    members = {name: dict(member) for name, member in schema["properties"].items() if name != "said" or said}
    meaning = members["action"]["description"]
    members["action"] = {"type": "string", "const": action, "title": "Action", "description": meaning}
    if said:
        members["said"] |= _ref(said)
    needed = [name for name in members if name in schema["required"] or (name == "said" and required)]
    return {**schema, "properties": members, "required": needed}


def _union(members: Mapping[str, str]) -> Schema:
    return {
        "oneOf": [_ref(name) for name in members.values()],
        "discriminator": {
            "propertyName": "action",
            "mapping": {action: _ref(name)["$ref"] for action, name in sorted(members.items())},
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": PREFIX + name}


def _about(name: str, meaning: str) -> Schema:
    return {"title": name, "description": meaning}


def _word(code: str) -> str:
    """A code as a part of a name."""
    return "".join(map(str.capitalize, code.replace(".", "_").split("_")))
