"""Takes a mail apart: RFC 5322 headers and MIME parts, of which nothing is believed. Pure and blocking.

Mails are written by all sorts of programs, and by people who wish us ill. What can't be taken apart
within the bounds is not refused, since its sender would never know: it is kept whole, for staff.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any, Final, TypeAlias

from orderhub.domain.replies.mail import MAX_ATTACHMENTS, Attachment, InboundMessage
from orderhub.domain.replies.plain_text import MAX_TEXT, cleaned, of_html, one_line

_MAX_LINES: Final = 500_000
_MAX_BOUNDARIES: Final = 2_000
_MAX_LEVELS: Final = 30
_MULTIPART: Final = re.compile(rb"multipart/", re.IGNORECASE)
_DELIVERED: Final = ("Delivered-To", "X-Original-To", "Envelope-To")
_ADDRESSED: Final = ("To", "Cc")
_SIGNATURES: Final = frozenset({
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
})  # fmt: skip
_ROBOTS: Final = ("mailer-daemon", "postmaster")
_ANSWERED_BY_MACHINE: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")
_MAX_HEADER: Final = 20_000
_ADDRESS: Final = re.compile(r"<\s*([^<>\s]{1,250}@[^<>\s]{1,250})\s*>|([^<>\s\"(),;]{1,250}@[^<>\s\"(),;]{1,250})")

Part: TypeAlias = "Message[Any, Any]"


def read(raw: bytes) -> InboundMessage:
    """What a mail says. Never raises: one that can't be taken apart has ``unread``."""
    head = raw[:200_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    top = message_from_bytes(head)
    if _is_too_much(raw):
        return _message(top, unread=raw)
    try:
        whole = message_from_bytes(raw)
        leaves = list(_leaves(whole))
        attachments = tuple(_attachment(part) for part in leaves if _is_file(part))
        text = _text(leaves)
    except Exception:  # noqa: BLE001 - of a hostile message the library may raise nearly anything
        return _message(top, unread=raw)
    if len(attachments) > MAX_ATTACHMENTS:
        return _message(whole, text=text, unread=raw)
    return _message(whole, text=text, attachments=attachments)


def _is_too_much(raw: bytes) -> bool:
    """Whether taking it apart would cost too much time or memory."""
    return (
        raw.count(b"\n") > _MAX_LINES
        or raw.count(b"\n--") > _MAX_BOUNDARIES
        or len(_MULTIPART.findall(raw)) > _MAX_LEVELS
    )


def _message(
    top: Part, *, text: str = "", attachments: tuple[Attachment, ...] = (), unread: bytes | None = None
) -> InboundMessage:
    sender = _address(_header(top, "From"))
    return InboundMessage(
        message_id=_header(top, "Message-ID")[:500].strip("<>") or None,
        sender=sender,
        subject=_header(top, "Subject")[:500],
        text=text,
        delivered_to=_headers(top, _DELIVERED),
        addressed_to=_headers(top, _ADDRESSED),
        written_at=_header(top, "Date")[:100],
        attachments=attachments,
        is_automatic=_is_automatic(top, sender),
        unread=unread,
    )


def _address(value: str) -> str:
    """The address of a From: within angle brackets, where there are any. The library's reader recurses."""
    found = _ADDRESS.findall(value[:2000])
    bracketed = [inside for inside, _ in found if inside]
    return (bracketed[-1] if bracketed else next((bare for _, bare in found), ""))[:320]


def _headers(top: Part, names: tuple[str, ...]) -> tuple[str, ...]:
    found = [value for name in names for value in _values(top, name)]
    return tuple(one_line(value) for value in found[:100])


def _values(top: Part, name: str) -> list[str]:
    """The values of a header as they came; what isn't ASCII is UTF-8 (RFC 6532), or nothing known."""
    raw = [str(value)[:_MAX_HEADER] for key, value in top.raw_items() if key.lower() == name.lower()]
    return [value.encode(errors="surrogateescape").decode(errors="replace") for value in raw]


def _header(top: Part, name: str) -> str:
    """The first header of a name, decoded as far as possible."""
    value = next(iter(_values(top, name)), "")
    try:
        value = str(make_header(decode_header(value)))
    except Exception:  # noqa: BLE001 - unknown charsets, broken base 64 and worse: then as it stands
        return one_line(value)
    return one_line(value)


def _is_automatic(top: Part, sender: str) -> bool:
    """Whether a machine wrote it (RFC 3834): it must neither be taken for an answer nor be answered."""
    submitted = _header(top, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or _header(top, "Precedence").lower() in ("bulk", "junk", "auto_reply")
        or any(name in top for name in _ANSWERED_BY_MACHINE)
        or _header(top, "Return-Path").replace(" ", "") == "<>"
        or top.get_content_type() == "multipart/report"
        or sender.partition("@")[0].lower() in _ROBOTS
    )


def _leaves(whole: Part) -> Iterator[Part]:
    return (part for part in whole.walk() if not part.is_multipart())


def _is_file(part: Part) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES:
        return False
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_maintype() not in ("text", "multipart", "message")


def _attachment(part: Part) -> Attachment:
    return Attachment(
        name=_name(part),
        claimed_type=part.get_content_type(),
        content=_content(part),
        is_attached=part.get_content_disposition() == "attachment",
        is_embedded="Content-ID" in part,
    )


def _name(part: Part) -> str:
    """The file's name, which some programs encode as if it were a header's text."""
    name = part.get_filename() or ""
    try:
        name = str(make_header(decode_header(name)))
    except Exception:  # noqa: BLE001 - as above
        return one_line(name)[:300]
    return one_line(name)[:300]


def _content(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(leaves: list[Part]) -> str:
    """What the sender wrote: the first plain text, else the text of the first HTML."""
    bodies = [part for part in leaves if part.get_content_maintype() == "text" and not _is_file(part)]
    for part in bodies:
        if part.get_content_type() == "text/plain" and (plain := cleaned(_decoded(part))):
            return plain
    for part in bodies:
        if part.get_content_type() == "text/html":
            return of_html(_decoded(part))
    return ""


def _decoded(part: Part) -> str:
    content = _content(part)[: MAX_TEXT * 50]
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return content.decode(errors="replace")
