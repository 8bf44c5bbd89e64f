"""A place in the log, and the opaque cursor that names it."""

import base64
import binascii
from typing import NamedTuple
from uuid import UUID

from orderhub.kit.errors import InvalidError, invalid_field

_XID_BYTES = 8
_LENGTH = _XID_BYTES + 16


class Position(NamedTuple):
    """Just after the event with this transaction id and id."""

    xid: int
    id: UUID


BEGINNING = Position(0, UUID(int=0))


def write_position(position: Position) -> str:
    """The opaque cursor of a place: 32 characters."""
    return base64.urlsafe_b64encode(position.xid.to_bytes(_XID_BYTES) + position.id.bytes).decode()


def read_position(text: str, *, where: str = "/after") -> Position:
    """The place that a cursor names. Raises InvalidError for what `write_position` did not make."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != _LENGTH:
        raise bad_position(where)
    return Position(int.from_bytes(raw[:_XID_BYTES]), UUID(bytes=raw[_XID_BYTES:]))


def bad_position(where: str) -> InvalidError:
    """The refusal of a cursor that this log never gave out."""
    return invalid_field(where, "invalid_cursor", "Pass a next_cursor of the feed or an id of the stream, or none.")
