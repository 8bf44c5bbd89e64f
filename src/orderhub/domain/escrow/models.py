"""Postings and the stored balances (docs/rules.md, Money).

A posting names what it takes from and what it gives to, so it sums to zero by its form. A trigger
moves the stored balances: ``orders.held`` for escrow, rows of ``balances`` for payable and wallet.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Posting(Base):
    """One movement of money. Never changed: a correction is a new posting."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("source <> target", name="moves"),
        Index("ix_postings_order_id", "order_id"),
        Index("ix_postings_source", "source", "id"),
        Index("ix_postings_target", "target", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source: Mapped[str]
    """The account that gives: ``provider:sandbox``, ``escrow:<uuid>`` …"""
    target: Mapped[str]
    """The account that receives."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.id"))
    reason: Mapped[str]
    """The action that caused it."""
    at: Mapped[datetime]
    """Business time."""


class Balance(Base):
    """The stored balance of a payable or wallet account, never below zero."""

    __tablename__ = "balances"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_not_negative"),)

    account: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int]
