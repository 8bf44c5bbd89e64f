"""Keyset pages: a list, and the opaque cursor that continues it. Never OFFSET."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from orderhub.kit.errors import InvalidError, invalid_field

DEFAULT_LIMIT = 20
MAX_LIMIT = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many, and after which key. Ids are time-ordered, so an id is key enough."""

    limit: int = DEFAULT_LIMIT
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, newest first; ``next_cursor`` is None on the last one."""

    data: Sequence[T]
    next_cursor: str | None


def write_cursor(key: UUID) -> str:
    """The opaque cursor that continues after this key."""
    return base64.urlsafe_b64encode(key.bytes).rstrip(b"=").decode()


def read_cursor(text: str) -> UUID:
    """The key within a cursor. Raises InvalidError for what `write_cursor` did not make."""
    try:
        return UUID(bytes=base64.b64decode(text + "==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise bad_cursor() from None


def bad_cursor() -> InvalidError:
    """The refusal of a cursor that none of our lists gave out."""
    return invalid_field("/cursor", "invalid_cursor", "Pass the next_cursor of the previous page unchanged.")


def cut(rows: Sequence[T], limit: int, key: Callable[[T], UUID]) -> Page[T]:
    """A page from rows that were read with ``limit + 1``."""
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], write_cursor(key(rows[limit - 1])))
