"""How the document says whole numbers: with the bounds that are rules, and as int32 where those fit."""

from typing import Any, Final, cast

_BOUNDS: Final = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
"""What an int64 holds is no rule of ours: its format says it."""
_SMALL: Final = range(-(2**31), 2**31)


def say_numbers(part: Any) -> None:
    """Write every integer below as JSON Schema and generators read it, in place.

    FastAPI makes bounds floats, and Pydantic names some its own way.
    """
    match part:
        case {"type": "integer"}:
            _say(cast("dict[str, Any]", part))
        case {"type": "number"}:
            part["format"] = "double"
        case dict():
            for inner in cast("dict[str, Any]", part).values():
                say_numbers(inner)
        case list():
            for inner in cast("list[Any]", part):
                say_numbers(inner)
        case _:
            return


def _say(integer: dict[str, Any]) -> None:
    bounds: dict[str, int] = {}
    for theirs, name in _BOUNDS.items():
        value = integer.pop(theirs, integer.pop(name, None))
        if value is not None and _LOWEST < int(value) < _HIGHEST:
            bounds[name] = int(value)
    closed = len(bounds) == 2  # noqa: PLR2004 - below and above
    integer["format"] = "int32" if closed and all(bound in _SMALL for bound in bounds.values()) else "int64"
    integer.update(bounds)
