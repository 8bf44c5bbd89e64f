"""What an inbound mail says, as far as anybody here needs to know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

MAX_BYTES = 25_000_000
"""Of a whole message, as it came."""
MAX_ATTACHMENTS = 20


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file within a mail, as its sender named it and called its type. Neither is believed."""

    name: str
    claimed_type: str
    content: bytes
    is_attached: bool
    """Said to be an attachment, rather than shown within the text."""
    is_embedded: bool
    """The text may refer to it, as it does to the logo of a signature."""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A mail that was read. Every text is without control characters, and bounded."""

    message_id: str | None
    sender: str
    """The address of its ``From``, which anybody can write."""
    subject: str
    text: str
    delivered_to: Sequence[str]
    """The values of the headers in which mail servers note whom they deliver to."""
    addressed_to: Sequence[str]
    """The values of its ``To`` and ``Cc``."""
    written_at: str
    """Its ``Date``, as it stands there."""
    attachments: Sequence[Attachment] = ()
    is_automatic: bool = False
    """An out-of-office answer, a bounce, a mailing: nobody wrote it."""
    unread: bytes | None = None
    """The whole message where it could not be taken apart within the bounds."""

    def key(self, target: str) -> bytes:
        """The same for the same mail to the same target, on whichever way and however often it comes.

        Servers on the way add headers and change encodings; what the mail says stays.
        """
        digest = sha256()
        parts = [self.message_id or self.written_at, self.sender.lower(), target, " ".join(self.text.split())]
        for part in (*(part.encode() for part in parts), *(file.content for file in self.attachments)):
            digest.update(sha256(part).digest())
        if self.unread is not None:
            digest.update(sha256(self.unread.partition(b"\r\n\r\n")[2] or self.unread).digest())
        return digest.digest()
