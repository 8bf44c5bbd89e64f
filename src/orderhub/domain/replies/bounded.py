"""The library's parser within bounds: it stops as soon as a message is larger in any respect than mails are.

The library reads any message; some of its steps cost the square of a length. So every length is bounded
before such a step, where the parser hands over what it has read: a header, a part, a level.
"""

from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Policy, compat32
from typing import Any, Final, TypeAlias

from orderhub.domain.replies.plain_text import decoded

MAX_LINES: Final = 500_000
"""Of a whole message: its largest attachment has 76 characters a line."""
MAX_PARTS: Final = 200
MAX_LEVELS: Final = 20
"""Of parts within parts: five mails, each forwarded within the next."""
MAX_HEADERS: Final = 500
"""Of one part. The servers on the way add some hundred to the first."""
MAX_HEADER: Final = 50_000
"""Characters of one header's value."""
MAX_PARAMETERS: Final = 100
"""Of one header. A long file name is cut into dozens of them (RFC 2231)."""
MAX_ENCODED_WORDS: Final = 500
"""Of one header (RFC 2047)."""
_WITH_PARAMETERS: Final = frozenset({"content-type", "content-disposition"})

Part: TypeAlias = "Message[Any, Any]"


class TooMuchError(Exception):
    """The message goes beyond one of the bounds."""


def parse(raw: bytes) -> Part:
    """The message with its parts. Raises TooMuchError, and whatever the library raises of a broken message."""
    # A line ends with either character, or with both.
    if max(raw.count(b"\n"), raw.count(b"\r")) > MAX_LINES:
        raise TooMuchError("lines")
    parser = BytesFeedParser(_BoundedMessage)
    parser.feed(raw)
    return parser.close()


class _BoundedMessage(Message):  # pyright: ignore[reportMissingTypeArgument]
    """One part, which knows how deep it lies and how many its message has."""

    def __init__(self, policy: "Policy[Any]" = compat32) -> None:
        super().__init__(policy)
        self.top: _BoundedMessage = self
        self.level = self.parts = 1

    def set_raw(self, name: str, value: str) -> None:
        """Keep a header that the parser has read; what isn't ASCII in it becomes text (RFC 6532)."""
        bounds = (
            ("headers", len(self) < MAX_HEADERS),
            ("header", len(value) <= MAX_HEADER),
            ("parameters", name.lower() not in _WITH_PARAMETERS or value.count(";") <= MAX_PARAMETERS),
            ("encoded words", value.count("=?") <= MAX_ENCODED_WORDS),
        )
        for bound, is_kept in bounds:
            if not is_kept:
                raise TooMuchError(bound)
        super().set_raw(name, decoded(value.encode("ascii", "surrogateescape")))

    def attach(self, payload: Any) -> None:
        """Take in a part that the parser begins."""
        top = payload.top = self.top
        top.parts += 1
        payload.level = self.level + 1
        if top.parts > MAX_PARTS:
            raise TooMuchError("parts")
        if payload.level > MAX_LEVELS:
            raise TooMuchError("levels")
        super().attach(payload)
