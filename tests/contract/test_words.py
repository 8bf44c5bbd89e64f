"""What the document says of each property and parameter: something, and one thing by one name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pytest

from orderhub.api.openapi.words import ROOMS, WORDS, may_be_null, parameters, properties, word_of
from orderhub.api.openapi.words.parameters import PARAMETERS

_SHORTEST: Final = 12
_FILLERS: Final = frozenset({"a", "an", "its", "of", "the", "this"})
_APART: Final = frozenset({"date", "date-time", "duration", "binary"})
"""Formats of text that are no text to people."""


@pytest.fixture(scope="module")
def described(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every property: the schema that has it, its name, and what the document says of it."""
    found = [
        (schema, name, said)
        for schema, whole in document["components"]["schemas"].items()
        for name, said in properties(whole)
    ]
    return found + [("a body", name, said) for name, said in properties(document["paths"])]


def family(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """The sort of value, as whoever reads a word takes it: text, a number, money, a list of one of them."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "money" if name.startswith("Money") else family(schemas[name], schemas)
    options = [option for key in ("anyOf", "oneOf") for option in schema.get(key, ())]
    if options:
        return " or ".join(sorted({family(option, schemas) for option in options} - {"null"}))
    if schema.get("type") == "array":
        return f"list of {family(schema['items'], schemas)}"
    if schema.get("type") == "string" and schema.get("format") in _APART:
        return str(schema["format"])
    return str(schema["type"])


def words_of(text: str) -> set[str]:
    """The words of a text that say something."""
    return set(re.findall(r"[a-z0-9]+", text.lower())) - _FILLERS


def told(described: list[tuple[str, str, dict[str, Any]]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The properties that the glossary describes."""
    return (each for each in described if each[2].get("description") == (word_of(each[1], each[2]) or ""))


def test_every_property_is_described(described: list[tuple[str, str, dict[str, Any]]]) -> None:
    """A word in `api/openapi/words/`, or a `description` at the field where the name means something of its own."""
    assert len(described) > 1000
    assert sorted(f"{schema}.{name}" for schema, name, said in described if not said.get("description")) == []


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    found = list(parameters(document))
    assert len(found) > 100
    assert sorted({name for name, said in found if not said.get("description")}) == []


def test_a_description_says_more_than_the_name(
    document: dict[str, Any], described: list[tuple[str, str, dict[str, Any]]]
) -> None:
    texts = [(name, said.get("description", "")) for _, name, said in described]
    texts += [(name, said.get("description", "")) for name, said in parameters(document)]
    assert {(name, text) for name, text in texts if len(text) < _SHORTEST} == set()
    assert {(name, text) for name, text in texts if words_of(text) <= words_of(name.replace("_", " "))} == set()


def test_null_is_spoken_of_where_it_may_be(described: list[tuple[str, str, dict[str, Any]]]) -> None:
    spoken = [(place, name, said) for place, name, said in described if re.search(r"\b[nN]ull\b", said["description"])]
    assert len(spoken) > 100
    assert [f"{place}.{name}" for place, name, said in spoken if not may_be_null(said)] == []


def test_a_word_stands_in_one_room_and_is_used(
    document: dict[str, Any], described: list[tuple[str, str, dict[str, Any]]]
) -> None:
    assert [name for name, times in Counter(name for room in ROOMS for name in room).items() if times > 1] == []
    assert set(WORDS) - {name for _, name, _ in told(described)} == set()
    used = {name for name, said in parameters(document) if said.get("description") == PARAMETERS.get(name, "")}
    assert set(PARAMETERS) - used == set()


def test_a_word_is_about_one_sort_of_value(
    document: dict[str, Any], described: list[tuple[str, str, dict[str, Any]]]
) -> None:
    families: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for schema, name, said in told(described):
        families[name].setdefault(family(said, document["components"]["schemas"]), schema)
    assert {name: found for name, found in families.items() if len(found) > 1} == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: next(iter(room)))
def test_words_are_sentences(room: dict[str, str]) -> None:
    for name, text in room.items():
        assert text[0].isupper() or text[0] == "`", name
        assert text.endswith((".", "…")), name
