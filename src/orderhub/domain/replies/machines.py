"""Whether a machine wrote a mail (RFC 3834 and older habits): such a mail is never answered, and orders nothing.

A file that comes with it is kept for staff all the same: accounting programs and help desks send receipts.
"""

from typing import Final

from orderhub.domain.replies import headers
from orderhub.domain.replies.bounded import Part

_ROBOTS: Final = frozenset({"mailer-daemon", "postmaster"})
_IN_BULK: Final = frozenset({"bulk", "junk", "auto_reply"})
_ANSWERED_BY_MACHINE: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")
_NO: Final = frozenset({"", "no", "none", "false", "0"})
"""Such a header says as well that a person wrote it."""


def is_automatic(top: Part, sender: str) -> bool:
    """Whether any header of the message, or the sender's address, says so."""
    submitted = (headers.tokens(top, name) for name in ("Auto-Submitted", *_ANSWERED_BY_MACHINE))
    return (
        any(token not in _NO for found in submitted for token in found)
        or not _IN_BULK.isdisjoint(headers.tokens(top, "Precedence"))
        or "<>" in (value.replace(" ", "") for value in headers.every(top, "Return-Path"))
        or top.get_content_type() == "multipart/report"
        or sender.partition("@")[0].lower() in _ROBOTS
    )
