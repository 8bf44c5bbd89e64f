"""What a provider says, made fit to be kept: it comes past the edge, and is checked as the edge would.

Amounts and currencies that can't be are no error: whoever applies the notification opens a case
(`kit.money.is_possible`).
"""

import re
from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, Text, bindparam, exists

from orderhub.domain.payments.models import PaymentNotification
from orderhub.domain.payments.ports import Notification, UnreadableNotification
from orderhub.domain.transitions.change import Change
from orderhub.kit.text import Label, printable

ONE_NOTIFICATION: Final = "pk_payment_notifications"
"""Refuses a second one with its provider's id."""
_TABLE: Final = PaymentNotification.__tablename__
_ID: Final = re.compile(r"[!-~]{1,200}")
MOST_OF_A_REASON: Final = 500
"""Characters; the rest is cut off."""


def kept(note: Notification) -> Notification:
    """The notification as it can be stored. Raises UnreadableNotification for an id that nobody gives."""
    for given in (note.id, note.provider_id, note.payment_provider_id, note.reference):
        if not _ID.fullmatch(given):
            raise UnreadableNotification(
                Label(
                    "Un id a 1 à 200 caractères imprimables d’ASCII, sans blanc.",
                    "An id is 1 to 200 printable characters of ASCII, without blanks.",
                )
            )
    return replace(note, reason=kept_reason(note.reason))


def kept_reason(reason: str | None) -> str | None:
    """Why a provider refused, as it can be stored and shown."""
    return None if reason is None else printable(reason)[:MOST_OF_A_REASON]


class RepeatedNotificationError(Exception):
    """The notification was applied before, whatever came of it."""


def is_repeated() -> ColumnElement[bool]:
    """Whether a notification was applied before. Parameters ``provider``, ``note_id``."""
    return exists().where(
        PaymentNotification.provider == bindparam("provider", type_=Text()),
        PaymentNotification.id == bindparam("note_id", type_=Text()),
    )


def keep(change: Change, provider: str, note: Notification, outcome: str) -> None:
    """Keep the notification with the change that it causes, and say what comes of it."""
    body = {
        "reference": note.reference,
        "provider_id": note.provider_id,
        "amount": note.amount,
        "currency": note.currency,
        "reason": note.reason,
    }
    change.add(_TABLE, provider=provider, id=note.id, type=note.type.value, body=body, outcome=outcome)


def outcome_of(change: Change) -> str:
    """What came of the notification that was kept with the change."""
    (kept_row,) = change.rows[_TABLE]
    return kept_row["outcome"]
