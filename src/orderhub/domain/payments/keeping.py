"""What a provider says, made fit to be kept: it comes past the edge, and is checked as the edge would.

Amounts and currencies that can't be are no error: whoever applies the notification opens a case
(`kit.money.is_possible`).
"""

import re
from dataclasses import replace
from typing import Final

from orderhub.domain.payments.ports import Notification, UnreadableNotification
from orderhub.kit.text import printable

_ID: Final = re.compile(r"[!-~]{1,200}")
MOST_OF_A_REASON: Final = 500
"""Characters; the rest is cut off."""


def kept(note: Notification) -> Notification:
    """The notification as it can be stored. Raises UnreadableNotification for an id that nobody gives."""
    for given in (note.id, note.provider_id, note.payment_provider_id, note.reference):
        if not _ID.fullmatch(given):
            raise UnreadableNotification("An id is 1 to 200 printable characters of ASCII, without blanks.")
    return replace(note, reason=kept_reason(note.reason))


def kept_reason(reason: str | None) -> str | None:
    """Why a provider refused, as it can be stored and shown."""
    return None if reason is None else printable(reason)[:MOST_OF_A_REASON]
