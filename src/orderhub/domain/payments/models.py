"""Payments, refunds, and the provider's notifications about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Payment(Base):
    """Money that a buyer was asked for: for an order as a whole, or for one of its extras."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_payments_order_id", "order_id"),
        Index("ix_payments_open", "created_at", postgresql_where=text("status IN ('created', 'requires_action')")),
        Index("uq_payments_provider_id", "provider", "provider_id", unique=True),
        Index("uq_payments_request_key", "order_id", "request_key", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    extra_id: Mapped[UUID | None]
    payer_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    provider: Mapped[str]
    provider_id: Mapped[str | None]
    method: Mapped[str]
    """``card``, ``wallet``, ``transfer`` or ``mobile_money``."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    captured: Mapped[int] = mapped_column(server_default=text("0"))
    """What the provider says it took, in minor units of ``captured_currency``."""
    captured_currency: Mapped[str | None] = mapped_column(String(3))
    return_url: Mapped[str]
    request_key: Mapped[str]
    """The Idempotency-Key that asked for it: the same request finds the same payment."""
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    next_action: Mapped[dict[str, Any] | None]
    failure: Mapped[str | None]
    created_at: Mapped[datetime]
    """Business time, as are all instants here."""
    captured_at: Mapped[datetime | None]


class Proof(Base):
    """A receipt of a manual payment, as its payer sent it, and what staff made of it."""

    __tablename__ = "proofs"
    __table_args__ = (
        Index("ix_proofs_payment_id", "payment_id"),
        Index("ix_proofs_order_id", "order_id"),
        Index("ix_proofs_file_id", "file_id"),
        Index("ix_proofs_waiting", "id", postgresql_where=text("status IN ('under_review', 'left')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the file as it is stored: an approval names it."""
    amount: Mapped[int | None]
    """What the payer says; minor units of ``currency``."""
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str | None]
    reference: Mapped[str | None]
    via: Mapped[str]
    """``upload`` or ``mail``."""
    status: Mapped[str]
    """``under_review``, ``confirmed``, ``part``, ``rejected``, or ``left`` when the order went on without it."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    submitted_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    submitted_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    received: Mapped[int | None]
    reason: Mapped[str | None]


class Refund(Base):
    """Money on its way back to the payment that was used."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_refunds_payment_id", "payment_id"),
        Index("ix_refunds_order_id", "order_id"),
        Index("ix_refunds_failed", "id", postgresql_where=text("status = 'failed'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    provider_id: Mapped[str | None]
    failure: Mapped[str | None]
    reference: Mapped[str | None]
    """How it was paid by hand, where it was."""
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default=text("1"))
    """Counts up with each retry: the provider answers a known attempt as it did before."""
    settled_at: Mapped[datetime | None]


class Chargeback(Base):
    """Money that a payer's bank took back: once for the id that the provider gave it, however often it is told."""

    __tablename__ = "chargebacks"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("from_escrow BETWEEN 0 AND amount", name="from_escrow_within"),
        CheckConstraint("from_seller BETWEEN 0 AND amount", name="from_seller_within"),
        Index("ix_chargebacks_order_id", "order_id"),
        Index("ix_chargebacks_payment_id", "payment_id"),
        UniqueConstraint("provider", "provider_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    provider: Mapped[str]
    provider_id: Mapped[str]
    """The provider's own id of it."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    from_escrow: Mapped[int]
    """The part that the order's escrow gave; the hub's losses gave the rest."""
    from_seller: Mapped[int]
    """What the seller owes because of it."""
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class PaymentNotification(Base):
    """A verified notification of a provider: recorded once, whatever it says."""

    __tablename__ = "payment_notifications"

    provider: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    body: Mapped[dict[str, Any]]
    outcome: Mapped[str]
    """What came of it: the action taken, or why none was."""
