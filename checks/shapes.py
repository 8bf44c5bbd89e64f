"""Whether two JSON values have the same form: objects in the same place, the same members."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

Members = Mapping[str, set[str]]


def moved_members(known: Any, found: Any) -> list[str]:
    """The places whose members differ.

    A place that only one of them has an object at is passed over: lists may be empty, and what isn't there yet is null.
    """
    before, after = _members(known), _members(found)
    return [
        f"{place or '/'} has {', '.join(sorted(before[place] ^ after[place]))} in one answer only"
        for place in before
        if place in after and before[place] != after[place]
    ]


def _members(value: Any) -> Members:
    members: dict[str, set[str]] = {}
    for place, names in _objects(value, ""):
        members.setdefault(place, set()).update(names)
    return members


def _objects(value: Any, place: str) -> Iterator[tuple[str, set[str]]]:
    match value:
        case dict():
            found = cast("Mapping[str, Any]", value)
            yield place, set(found)
            for name, inner in found.items():
                yield from _objects(inner, f"{place}/{name}")
        case list():
            for inner in cast("list[Any]", value):
                yield from _objects(inner, f"{place}/*")
        case _:
            return
