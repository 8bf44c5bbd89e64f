"""What an erased person leaves where something has to stand. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

FORGOTTEN: Final = "—"
"""Stands for a text of an erased person where a text is needed."""

ENDING: Final = r"\.[A-Za-z0-9]{1,8}$"
"""What is kept of a file's name, as a regular expression of ours and of PostgreSQL alike."""
_CODE: Final = re.compile(
    r"[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?|[A-Z]{3}"
)
"""Our ids, UUIDs, days and instants, currencies."""


def nameless(file_name: str) -> str:
    """What a file of theirs is called then."""
    found = re.search(ENDING, file_name)
    return FORGOTTEN + (found[0] if found else "")


def codes_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of what somebody said: amounts, ids, instants; whatever may be a text of theirs is left out."""
    kept = {name: _codes(value) for name, value in said.items()}
    return {name: value for name, value in kept.items() if value is not None}


def _codes(value: Any) -> Any:
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) else None
    if isinstance(value, Mapping):
        return codes_of(value)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, list):
        return [kept for kept in map(_codes, value) if kept is not None]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value
