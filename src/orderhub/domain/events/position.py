"""A place in the log, and the opaque cursor that names it."""

import base64
import binascii
from typing import NamedTuple
from uuid import UUID

from orderhub.kit.errors import GoneError, InvalidError, invalid_field
from orderhub.kit.text import Label

_NUMBER_BYTES = 8
_LENGTH = 2 * _NUMBER_BYTES + 16


class OtherLogError(GoneError):
    """The cursor is of a log that is no more: the database was restored since, or it is another one."""

    code = "cursor_of_another_log"
    title = Label("Curseur d’un autre journal", "Cursor of another log")


class Position(NamedTuple):
    """Just after the event with this transaction id and id, in the log of this identity."""

    xid: int
    id: UUID
    log: int = 0
    """See `EventLog`; 0 where no other log can be meant, such as within one unit of work."""

    def behind(self, xid: int, event_id: UUID) -> "Position":
        """The place after an event of the same log."""
        return Position(xid, event_id, self.log)


BEGINNING = Position(0, UUID(int=0))


def write_position(position: Position) -> str:
    """The opaque cursor of a place: 43 characters."""
    numbers = (number.to_bytes(_NUMBER_BYTES) for number in (position.log, position.xid))
    return base64.urlsafe_b64encode(b"".join((*numbers, position.id.bytes))).rstrip(b"=").decode()


def read_position(text: str, *, where: str = "/after") -> Position:
    """The place that a cursor names. Raises InvalidError for what `write_position` did not make."""
    try:
        raw = base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != _LENGTH:
        raise bad_position(where)
    log, xid = (int.from_bytes(raw[start : start + _NUMBER_BYTES]) for start in (0, _NUMBER_BYTES))
    return Position(xid, UUID(bytes=raw[2 * _NUMBER_BYTES :]), log)


def bad_position(where: str) -> InvalidError:
    """The refusal of what is no cursor."""
    return invalid_field(
        where,
        "invalid_cursor",
        Label(
            "Passez un next_cursor du fil ou un id du flux, ou rien.",
            "Pass a next_cursor of the feed or an id of the stream, or none.",
        ),
    )
