"""The sandbox provider's notifications: signature first, meaning second."""

import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from orderhub.domain.payments.ports import (
    Notification,
    NotificationType,
    UnreadableNotification,
)
from orderhub.kit.errors import InvalidSignatureError
from orderhub.kit.strict_json import fault_in
from orderhub.kit.text import Label

_Id = Annotated[str, Meta(min_length=1, max_length=200)]


class _Subject(Struct, frozen=True):
    id: _Id
    payment: _Id
    reference: _Id
    amount: int
    currency: Annotated[str, Meta(pattern="^[!-~]{1,20}$")]
    reason: str | None = None


class _Payload(Struct, frozen=True):
    id: _Id
    type: NotificationType
    created: Annotated[datetime, Meta(tz=True)]
    data: _Subject


class NotificationReader:
    """Reads what was signed with one secret, at most five minutes ago (Standard Webhooks)."""

    def __init__(self, secret: str) -> None:
        self._webhook = Webhook(secret)

    def read(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """The notification. Raises `InvalidSignatureError` or `UnreadableNotification`."""
        self._verify(headers, body)
        fault = fault_in(body)
        if fault is not None:
            raise UnreadableNotification(fault.detail, errors=fault.errors)
        try:
            payload = msgspec.json.decode(body, type=_Payload)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableNotification(
                Label(f"Le corps n’est pas une notification ({error}).", f"The body is no notification ({error}).")
            ) from error
        subject = payload.data
        return Notification(
            id=payload.id,
            type=payload.type,
            provider_id=subject.id,
            payment_provider_id=subject.payment,
            reference=subject.reference,
            amount=subject.amount,
            currency=subject.currency,
            occurred_at=payload.created,
            reason=subject.reason,
            raw=body,
        )

    def _verify(self, headers: Mapping[str, str], body: bytes) -> None:
        # The library lets a few malformed headers and bodies through as plain ValueErrors.
        try:
            self._webhook.verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, binascii.Error, ValueError) as error:
            raise InvalidSignatureError(
                Label(
                    "Signez les octets envoyés, maintenant, avec le secret que vous partagez avec OrderHub.",
                    "Sign the bytes that you send, now, with the secret that you share with OrderHub.",
                )
            ) from error
