"""Doing several things at the same instant, and what came of each."""

import asyncio
from typing import Any

from orderhub.kit.errors import ConflictError, DomainError


async def at_once(*doings: Any) -> list[Any]:
    """Start them together; what came of each, refusals included."""
    return await asyncio.gather(*doings, return_exceptions=True)


def refusals(found: list[Any]) -> list[str]:
    """The codes of those that came too late; anything else that went wrong fails."""
    for one in found:
        assert not isinstance(one, BaseException) or isinstance(one, ConflictError), one
    return sorted(one.code for one in found if isinstance(one, DomainError))
