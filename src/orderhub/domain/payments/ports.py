"""The payment port: what the domain asks of any payment provider, and what it is told back.

An adapter (``adapters/payments/``) stands behind `PaymentProvider`; services and jobs see this file
only. Amounts are whole minor units. No method may be called inside a database transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from orderhub.kit.errors import ConflictError, InvalidError, OverloadedError
from orderhub.kit.text import Label


class ProviderMethod(StrEnum):
    """How a provider takes the money. Manual payments never reach a provider."""

    CARD = "card"
    WALLET = "wallet"


class ProviderStatus(StrEnum):
    """Where a payment stands at the provider; ``processing`` is decided but not yet told."""

    CREATED = "created"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RefundStatus(StrEnum):
    """Where a refund stands at the provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class NotificationType(StrEnum):
    """What a verified provider notification can say."""

    PAYMENT_REQUIRES_ACTION = "payment.requires_action"
    PAYMENT_CAPTURED = "payment.captured"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_CANCELLED = "payment.cancelled"
    REFUND_SUCCEEDED = "refund.succeeded"
    REFUND_FAILED = "refund.failed"
    CHARGEBACK_OPENED = "chargeback.opened"
    CHARGEBACK_WON = "chargeback.won"
    CHARGEBACK_LOST = "chargeback.lost"


@dataclass(frozen=True, slots=True)
class CreatePayment:
    """A payment to open. ``payment_id`` (``pay_…``) is both reference and idempotency key."""

    payment_id: str
    amount: int
    currency: str
    method: ProviderMethod
    return_url: str


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """A payment as the provider has it.

    ``amount`` and ``currency`` are what was captured once it is captured, and what was asked before.
    ``next_action`` is what the buyer must do: ``{"type": "client_secret", "client_secret": …,
    "confirm_url": …}``, ``{"type": "redirect", "url": …}``, or empty.
    """

    provider_id: str
    reference: str
    status: ProviderStatus
    amount: int
    currency: str
    next_action: Mapping[str, str]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SendRefund:
    """A refund to send. ``refund_id`` (``rfd_…``) is the reference and, with ``attempt``, the key.

    A refund that failed is sent again with a higher ``attempt``: under the same key the provider
    would only repeat its old answer. A lost answer is asked for again with the same one.
    """

    refund_id: str
    payment_provider_id: str
    amount: int
    currency: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """A refund as the provider has it. Each attempt has a ``provider_id`` of its own."""

    provider_id: str
    reference: str
    payment_provider_id: str
    status: RefundStatus
    amount: int
    currency: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """What a verified notification says; it may still be late, doubled, or wrong.

    ``id`` is the same on every repetition. ``provider_id`` names the payment, refund or chargeback
    at the provider, ``payment_provider_id`` the payment concerned. ``reference`` is our ``pay_…`` or
    ``rfd_…``; for a chargeback, the payment's. ``raw`` is the body as it was signed.
    """

    id: str
    type: NotificationType
    provider_id: str
    payment_provider_id: str
    reference: str
    amount: int
    currency: str
    occurred_at: datetime
    reason: str | None
    raw: bytes


class ProviderUnavailable(OverloadedError):  # noqa: N818 - the port's own word
    """The provider did not answer, or not sensibly; the same call may be repeated later."""

    code = "provider_unavailable"
    title = Label("Prestataire de paiement injoignable", "Payment provider unavailable")


class ProviderRefused(ConflictError):  # noqa: N818 - the port's own word
    """The provider understood and said no; ``reason`` is its own code. Repeating changes nothing."""

    code = "provider_refused"
    title = Label("Refusé par le prestataire de paiement", "Refused by the payment provider")

    def __init__(self, reason: str, detail: str | None = None, **extras: Any) -> None:
        said = Label(
            f"Le prestataire de paiement a refusé : {detail or reason}",
            f"The payment provider refused: {detail or reason}",
        )
        super().__init__(said, **extras)
        self.reason = reason


class UnreadableNotification(InvalidError):  # noqa: N818 - the port's own word
    """Signed by the provider, but not something that this version understands: a case for staff."""

    code = "unreadable_notification"
    title = Label("Notification illisible", "Unreadable notification")


class PaymentProvider(Protocol):
    """One payment provider. Every call may raise `ProviderUnavailable` and `ProviderRefused`."""

    @property
    def name(self) -> str:
        """The provider's name in paths and ledger accounts, such as ``sandbox``."""
        ...

    async def create(self, request: CreatePayment) -> ProviderPayment:
        """Open a payment; the same request again answers as it did the first time."""
        ...

    async def close(self, provider_id: str) -> None:
        """Close a payment that is no longer wanted.

        One already closed or failed is no error; one that was captured meanwhile is refused with
        ``payment_not_cancellable``.
        """
        ...

    async def refund(self, request: SendRefund) -> ProviderRefund:
        """Give money back; the outcome comes by notification."""
        ...

    async def status(self, provider_id: str) -> ProviderPayment:
        """A payment as it stands now, to make good a lost notification."""
        ...

    async def refund_status(self, provider_id: str) -> ProviderRefund:
        """A refund as it stands now, to make good a lost notification."""
        ...

    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """Check the signature over the raw bytes and the age, and read what is said.

        Raises `InvalidSignatureError`, or `UnreadableNotification` when it is signed yet not understood.
        """
        ...
