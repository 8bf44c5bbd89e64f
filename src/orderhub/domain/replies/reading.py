"""Reads mails, and what comes with them, in processes that can be stopped: one that takes too long holds up no other.

A mail that can't be read in its time, or takes too much memory, is kept whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog
from anyio import to_thread

from orderhub.domain.replies import attachments, mime
from orderhub.domain.replies.attachments import Kept
from orderhub.domain.replies.mail import InboundMessage
from orderhub.infra.isolation.errors import IsolationError
from orderhub.infra.isolation.pool import Isolation

_MEMORY: Final = 1_000_000_000
"""Bytes: the library keeps a message of the largest size some ten times, and a picture is decoded whole."""
_HEAD_WITHIN: Final = 10.0
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MailReader:
    """Reads one mail at a time for each caller; ``isolation`` says how many at once."""

    isolation: Isolation
    read_within: float = 10.0
    """Seconds for what a mail says."""
    look_within: float = 30.0
    """Seconds for all its files."""

    async def read(self, raw: bytes) -> InboundMessage:
        """What a mail says; one that can't be read has ``unread``. Raises OverloadedError."""
        try:
            return await self.isolation.run(mime.read, raw, seconds=self.read_within, memory_bytes=_MEMORY)
        except IsolationError as error:
            _log.warning("mail_not_read", size=len(raw), error=type(error).__name__)
        head = raw[: mime.HEAD]
        try:
            found = await self.isolation.run(mime.read_head, head, seconds=_HEAD_WITHIN, memory_bytes=_MEMORY)
        except IsolationError as error:
            _log.warning("mail_head_not_read", size=len(raw), error=type(error).__name__)
            return InboundMessage(None, "", "", "", (), (), "", unread=raw)
        return replace(found, unread=raw)

    async def look_into(self, mail: InboundMessage, raw: bytes) -> tuple[InboundMessage, Sequence[Kept]]:
        """The mail with its files, the likeliest proof first; unread and whole where they take too long.

        Whoever has the files closes them. Raises OverloadedError.
        """
        if mail.unread is None and not mail.attachments:
            return mail, []
        if mail.unread is None:
            look_into, within = attachments.look_into, self.look_within
            try:
                return mail, await self.isolation.run(look_into, mail, seconds=within, memory_bytes=_MEMORY)
            except IsolationError as error:
                _log.warning("mail_files_not_read", size=len(raw), error=type(error).__name__)
        return replace(mail, attachments=(), unread=raw), [await to_thread.run_sync(attachments.whole, raw)]
