"""Takes a mail apart: RFC 5322 headers and MIME parts, of which nothing is believed. Pure and blocking.

Mails are written by all sorts of programs, and by people who wish us ill. What can't be taken apart
within the bounds is not refused, since its sender would never know: it is kept whole, for staff.
Called in a process that can be stopped: see `reading`.
"""

from email import message_from_bytes
from typing import Final

from orderhub.domain.replies import headers, parts
from orderhub.domain.replies.bounded import Part, parse
from orderhub.domain.replies.machines import is_automatic
from orderhub.domain.replies.mail import MAX_ATTACHMENTS, Attachment, InboundMessage

HEAD: Final = 200_000
"""Bytes of a message in which its head is looked for, when the whole can't be read."""
_DELIVERED: Final = ("Delivered-To", "X-Original-To", "Envelope-To")
_ADDRESSED: Final = ("To", "Cc")


def read(raw: bytes) -> InboundMessage:
    """What a mail says. One that can't be taken apart has ``unread``."""
    try:
        whole = parse(raw)
        found = parts.leaves(whole)
        attachments, text = tuple(parts.files(found)), parts.text(found)
        if len(attachments) > MAX_ATTACHMENTS:
            return _message(whole, text=text, unread=raw)
        return _message(whole, text=text, attachments=attachments)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - of a hostile message the library may raise nearly anything
        return read_head(raw)


def read_head(raw: bytes) -> InboundMessage:
    """What the head of a mail says, for one that is kept whole."""
    head = raw[:HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    return _message(message_from_bytes(head), unread=raw)


def _message(
    top: Part, *, text: str = "", attachments: tuple[Attachment, ...] = (), unread: bytes | None = None
) -> InboundMessage:
    sender = headers.address(headers.first(top, "From"))
    return InboundMessage(
        message_id=headers.first(top, "Message-ID")[:500].strip("<>") or None,
        sender=sender,
        subject=headers.first(top, "Subject")[:500],
        text=text,
        delivered_to=headers.every(top, *_DELIVERED),
        addressed_to=headers.every(top, *_ADDRESSED),
        written_at=headers.first(top, "Date")[:100],
        attachments=attachments,
        is_automatic=is_automatic(top, sender),
        unread=unread,
    )
