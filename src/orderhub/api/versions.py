"""Versions at the edge: ``ETag`` out, ``If-Match`` in."""

import re
from typing import Annotated, Final

from fastapi import Depends, Header, Response
from pydantic import Field

from orderhub.api.schemas.base import Omittable
from orderhub.kit.versions import Versions

_TAG: Final = re.compile(r'(?:W/)?"([0-9]{1,18})(?:-[0-9a-f]{16})?(?:-{1,2}(?:gzip|br|zstd|deflate))?"')
"""A tag of ours, with what a read adds to it (``caching.py``), also as proxies give it back that compress answers:
marked as weak, or with how they did it."""
_ANY: Final = "*"


def show_version(response: Response, version: int) -> None:
    """Put a version on the answer."""
    response.headers["ETag"] = f'"{version}"'


def show_place(response: Response, path: str) -> None:
    """Say where a new thing is: a path below the API's prefix, such as ``/listings/lst_…``."""
    response.headers["Location"] = f"/v1{path}"


IfMatch = Annotated[
    Omittable[Annotated[str, Field(max_length=2000)]],
    Header(
        alias="If-Match",
        description="The `ETag` of what you looked at, or several; refused with 412 when it has changed since.",
    ),
]


def expected_versions(if_match: str | None) -> Versions | None:
    """The versions that the caller looked at; None when they say nothing, or ``*``.

    A tag that we never gave out stands for no version.
    """
    if if_match is None or if_match.strip() == _ANY:
        return None
    found = (_TAG.fullmatch(tag.strip()) for tag in if_match.split(","))
    return frozenset(int(tag[1]) for tag in found if tag)


async def read_if_match(if_match: IfMatch = None) -> Versions | None:
    """The same, as a dependency: where 10 µs don't matter."""
    return expected_versions(if_match)


ExpectedVersions = Annotated[Versions | None, Depends(read_if_match)]
