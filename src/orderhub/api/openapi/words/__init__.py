"""What each property and parameter of the document means, said once where a name means one thing.

A glossary per room, by name; what follows ``; null`` is said where null is possible. What a name means in one
schema alone stands at the schema, as its field's ``description``, and wins. A test refuses a property that neither
describes, and a word that nothing uses.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from orderhub.api.openapi.words.catalog import CATALOG
from orderhub.api.openapi.words.money import MONEY
from orderhub.api.openapi.words.offers import OFFERS
from orderhub.api.openapi.words.orders import ORDERS
from orderhub.api.openapi.words.parameters import PARAMETERS
from orderhub.api.openapi.words.people import PEOPLE
from orderhub.api.openapi.words.things import THINGS

ROOMS: Final = (THINGS, PEOPLE, CATALOG, OFFERS, ORDERS, MONEY)
WORDS: Final[Mapping[str, str]] = {name: text for room in ROOMS for name, text in room.items()}
_NULL: Final = "; null"
_SHOWN: Final = frozenset({"example", "examples", "default"})
"""Values, no schemas."""


def say_words(document: dict[str, Any]) -> None:
    """Describe, in place, every property and parameter that doesn't describe itself."""
    for name, schema in properties(document):
        if name in WORDS:
            schema.setdefault("description", word_of(name, schema))
    for name, parameter in parameters(document):
        if name in PARAMETERS:
            parameter.setdefault("description", PARAMETERS[name])


def word_of(name: str, schema: Mapping[str, Any]) -> str | None:
    """What the glossary says of a property, and of null only where the schema allows it; None without a word."""
    if name not in WORDS:
        return None
    said, null, when = WORDS[name].partition(_NULL)
    return f"{said}{null}{when}" if not null or may_be_null(schema) else f"{said}."


def may_be_null(schema: Mapping[str, Any]) -> bool:
    """Whether null is one of its values."""
    return {"type": "null"} in schema.get("anyOf", ())


def properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every schema below a part of the document, by its name."""
    match part:
        case dict():
            whole = cast("dict[str, Any]", part)
            if "type" in whole and isinstance(whole.get("properties"), dict):
                yield from whole["properties"].items()
            for key, inner in whole.items():
                if key not in _SHOWN:
                    yield from properties(inner)
        case list():
            for inner in cast("list[Any]", part):
                yield from properties(inner)
        case _:
            return


def parameters(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every parameter of every operation, by its name."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                yield parameter["name"], parameter
