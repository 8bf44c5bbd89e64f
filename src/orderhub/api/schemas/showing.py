"""How an answer is made of what is stored: it shows what is there.

What comes in is checked where it comes in. What stands in the database may be older than a rule, or have come
past it; refusing to show it would take a whole page, or a whole order, away from whoever must look at it. So
the bounds and the patterns of an answer are said in the document, tests hold answers to it, and reading does not.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from pydantic_core import CoreSchema, SchemaValidator

_BOUNDED: Final = frozenset({"str", "int", "float", "list", "tuple", "dict"})
_BOUNDS: Final = frozenset({"min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "multiple_of", "strict"})
_CHECKS: Final = frozenset({"function-after", "function-before"})
_CHECKED: Final = frozenset({"str", "model"})
_FORBIDS: Final = ("extra_fields_behavior", "forbid")
"""How a model that comes in, too, refuses what it doesn't know."""
_OPAQUE: Final = frozenset({"default", "metadata", "serialization"})
"""Parts of a core schema that hold values of ours, not schemas."""


def showing(schema: CoreSchema) -> SchemaValidator:
    """The validator of an answer: like the one of this schema, without what refuses a value of the right type."""
    # Those of parts that are ready would hold what is dropped here.
    return SchemaValidator(cast("CoreSchema", _unbounded(schema)), _use_prebuilt=False)


def _unbounded(schema: Any) -> Any:
    match schema:
        case {"type": str() as kind, "schema": {"type": str() as inner}} if kind in _CHECKS and inner in _CHECKED:
            named = {"ref": schema["ref"]} if "ref" in schema else {}
            return _unbounded(schema["schema"] | named)
        case {"type": str() as kind} if kind in _BOUNDED:
            return _parts({key: part for key, part in cast("dict[str, Any]", schema).items() if key not in _BOUNDS})
        case dict():
            return _parts(cast("dict[str, Any]", schema))
        case list() | tuple():
            return [_unbounded(part) for part in cast("list[Any]", schema)]
        case _:
            return schema


def _parts(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: part if key in _OPAQUE else _unbounded(part) for key, part in schema.items() if (key, part) != _FORBIDS
    }
