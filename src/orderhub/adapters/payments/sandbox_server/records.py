"""What the sandbox provider remembers: immutable records, replaced whole on each change."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from orderhub.adapters.payments.sandbox_server.behaviour import GOOD_DAY, Behaviour


class Method(StrEnum):
    """How the payer pays."""

    CARD = "card"
    WALLET = "wallet"


class PaymentStatus(StrEnum):
    """A payment's status; ``processing`` is confirmed and not yet settled."""

    CREATED = "created"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RefundStatus(StrEnum):
    """A refund's status."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class ChargebackStatus(StrEnum):
    """A chargeback's status."""

    OPENED = "opened"
    WON = "won"
    LOST = "lost"


class DeliveryStatus(StrEnum):
    """A delivery's status: to be sent when due, held until asked for, or over."""

    WAITING = "waiting"
    HELD = "held"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class _Record(Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower):
    """What all have in common: an id, and in the journal the name of the kind."""

    id: str


class Payment(_Record, frozen=True, kw_only=True):
    """A payment. ``captured_*`` is what was really taken; ``reason`` why it failed or is to fail."""

    reference: str
    amount: int
    currency: str
    method: Method
    return_url: str
    notify_url: str | None
    client_secret: str
    created: datetime
    metadata: dict[str, Any]
    behaviour: Behaviour = GOOD_DAY
    status: PaymentStatus = PaymentStatus.CREATED
    captured_amount: int = 0
    captured_currency: str | None = None
    reason: str | None = None
    refund_fails: bool = False
    settles_at: float | None = None


class Refund(_Record, frozen=True, kw_only=True):
    """A refund of one payment, in the currency that was captured."""

    payment: str
    reference: str
    amount: int
    currency: str
    created: datetime
    status: RefundStatus = RefundStatus.PENDING
    reason: str | None = None
    settles_at: float


class Chargeback(_Record, frozen=True, kw_only=True):
    """Money that the payer's bank took back."""

    payment: str
    amount: int
    currency: str
    reason: str
    created: datetime
    status: ChargebackStatus = ChargebackStatus.OPENED


class Event(_Record, frozen=True, kw_only=True):
    """Something that happened; ``body`` is sent as these very bytes each time."""

    type: str
    payment: str
    created: datetime
    body: str


class Delivery(_Record, frozen=True, kw_only=True):
    """One sending of an event, repeated until it is taken. ``due`` is in Unix seconds.

    ``swaps`` marks one that lets the payment's next event go first.
    """

    event: str
    payment: str
    url: str
    status: DeliveryStatus
    due: float
    swaps: bool = False
    attempts: int = 0
    last_answer: int | None = None


class Answer(_Record, frozen=True, kw_only=True):
    """What an idempotency key was answered, and to which body."""

    fingerprint: str
    status: int
    body: str


Record = Payment | Refund | Chargeback | Event | Delivery | Answer
