"""Keyset pages: a list, and the opaque cursor that continues it. Never OFFSET."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from orderhub.kit.errors import InvalidError, invalid_field
from orderhub.kit.text import Label

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
_ID_BYTES = 16
_INSTANT_BYTES = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_INSTANT = -(2**63)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many, and after which key. Ids are time-ordered, so an id is key enough."""

    limit: int = DEFAULT_LIMIT
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class PageAsOf(PageRequest):
    """A page of a list whose order changes: in the order that it had at ``as_of``, when the first page was read."""

    as_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class PageByText:
    """A page of a list in the order of a text, after this one."""

    limit: int = DEFAULT_LIMIT
    after: str | None = None


@dataclass(frozen=True, slots=True)
class PageByInstant(PageRequest):
    """A page of a list in the order of an instant that some rows don't have: those come last."""

    at: datetime | None = None
    """The instant of the row after which it continues; None where that row has none, and on the first page."""


@dataclass(frozen=True, slots=True)
class PageBySort(PageRequest):
    """A page of a list that can be sorted in several ways: after the row with this key in its sort, and this id."""

    sort: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, newest first; ``next_cursor`` is None on the last one."""

    data: Sequence[T]
    next_cursor: str | None


def write_cursor(key: UUID) -> str:
    """The opaque cursor that continues after this key."""
    return _write(key.bytes)


def read_cursor(text: str) -> UUID:
    """The key within a cursor. Raises InvalidError for what `write_cursor` did not make."""
    try:
        return UUID(bytes=_read(text))
    except ValueError:
        raise bad_cursor() from None


def read_page(limit: int, text: str | None) -> PageRequest:
    """The page after a cursor of `write_cursor`. Raises InvalidError for any other."""
    return PageRequest(limit, None if text is None else read_cursor(text))


def write_cursor_as_of(as_of: UUID, key: UUID) -> str:
    """The opaque cursor that continues after this key, in the order that there was then."""
    return _write(as_of.bytes + key.bytes)


def read_page_as_of(limit: int, text: str | None) -> PageAsOf:
    """The page after a cursor of `write_cursor_as_of`. Raises InvalidError for any other."""
    if text is None:
        return PageAsOf(limit)
    raw = _read(text)
    if len(raw) != 2 * _ID_BYTES:
        raise bad_cursor()
    return PageAsOf(limit, UUID(bytes=raw[_ID_BYTES:]), UUID(bytes=raw[:_ID_BYTES]))


def write_text_cursor(key: str) -> str:
    """The opaque cursor that continues after this text."""
    return _write(key.encode())


def read_page_by_text(limit: int, text: str | None) -> PageByText:
    """The page after a cursor of `write_text_cursor`. Raises InvalidError for what is none."""
    if text is None:
        return PageByText(limit)
    after = _read(text).decode("ascii", errors="replace")
    if not (after.isascii() and after.isprintable()):
        raise bad_cursor()
    return PageByText(limit, after)


def write_instant_cursor(at: datetime | None, key: UUID) -> str:
    """The opaque cursor that continues after a row with this instant, or with none, and this key."""
    micros = _NO_INSTANT if at is None else (at - _EPOCH) // _MICROSECOND
    return _write(micros.to_bytes(_INSTANT_BYTES, signed=True) + key.bytes)


def read_page_by_instant(limit: int, text: str | None) -> PageByInstant:
    """The page after a cursor of `write_instant_cursor`. Raises InvalidError for any other."""
    if text is None:
        return PageByInstant(limit)
    raw = _read(text)
    if len(raw) != _INSTANT_BYTES + _ID_BYTES:
        raise bad_cursor()
    micros, key = int.from_bytes(raw[:_INSTANT_BYTES], signed=True), UUID(bytes=raw[_INSTANT_BYTES:])
    try:
        return PageByInstant(limit, key, None if micros == _NO_INSTANT else _EPOCH + micros * _MICROSECOND)
    except OverflowError:
        raise bad_cursor() from None


def write_sort_cursor(sort: str, key: int, row_id: UUID) -> str:
    """The opaque cursor that continues a list in this sort after this key and this id."""
    return _write(key.to_bytes(_INSTANT_BYTES, signed=True) + row_id.bytes + sort.encode())


def read_page_by_sort(limit: int, sort: str, text: str | None) -> PageBySort:
    """The page after a cursor of `write_sort_cursor` in the same sort. Raises InvalidError for any other."""
    if text is None:
        return PageBySort(limit, None, sort)
    raw, ends = _read(text), _INSTANT_BYTES + _ID_BYTES
    if raw[ends:] != sort.encode():
        raise bad_cursor()
    return PageBySort(
        limit, UUID(bytes=raw[_INSTANT_BYTES:ends]), sort, int.from_bytes(raw[:_INSTANT_BYTES], signed=True)
    )


def _write(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise bad_cursor() from None


def bad_cursor() -> InvalidError:
    """The refusal of a cursor that none of our lists gave out."""
    return invalid_field(
        "/cursor",
        "invalid_cursor",
        Label(
            "Passez sans le changer le next_cursor de la page précédente.",
            "Pass the next_cursor of the previous page unchanged.",
        ),
    )


def cut(rows: Sequence[T], limit: int, key: Callable[[T], UUID]) -> Page[T]:
    """A page from rows that were read with ``limit + 1``."""
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], write_cursor(key(rows[limit - 1])))
