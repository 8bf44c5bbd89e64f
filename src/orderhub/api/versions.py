"""Versions at the edge: ``ETag`` out, ``If-Match`` in."""

import re
from typing import Annotated

from fastapi import Depends, Header, Response

_TAG = re.compile(r'"([0-9]{1,18})"')
NO_VERSION = 0
"""What a tag means that we never gave out: no version is ever this one."""


def show_version(response: Response, version: int) -> None:
    """Put a version on the answer."""
    response.headers["ETag"] = f'"{version}"'


IfMatch = Annotated[
    str | None,
    Header(
        max_length=200,
        description="The `ETag` of what you looked at; refused with 412 when it has changed since.",
    ),
]


def expected_version(if_match: str | None) -> int | None:
    """The version that the caller looked at; None when they say nothing, or ``*``."""
    if if_match is None or if_match == "*":
        return None
    found = _TAG.fullmatch(if_match)
    return int(found[1]) if found else NO_VERSION


async def read_if_match(if_match: IfMatch = None) -> int | None:
    """The same, as a dependency: where 10 µs don't matter."""
    return expected_version(if_match)


ExpectedVersion = Annotated[int | None, Depends(read_if_match)]
