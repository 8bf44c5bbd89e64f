"""What an account says of itself as a trader, and what of it staff have verified."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class TraderStatus(StrEnum):
    """What staff said of the facts that were submitted last."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"


class Trader(Base):
    """The facts that an account submitted last, and beside them those in force.

    Whoever has facts in force is a trader. Changed facts wait for staff; those in force hold meanwhile, so that
    nobody stops being a trader by submitting anew.
    """

    __tablename__ = "traders"
    __table_args__ = (
        UniqueConstraint("id"),
        CheckConstraint("status IN ('pending', 'verified', 'refused')", name="status"),
        CheckConstraint("(status = 'pending') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint("status <> 'verified' OR verified IS NOT NULL", name="verified"),
        CheckConstraint("(verified IS NULL) = (verified_at IS NULL)", name="verified_at"),
        Index("ix_traders_pending", "id", postgresql_where=text("status = 'pending'")),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    id: Mapped[UUID]
    """Of this submission: another one each time, so that staff decide on what they read."""
    name: Mapped[str]
    """What the business is called."""
    registration_number: Mapped[str]
    """In its country's register, as that country writes it, without blanks."""
    vat_number: Mapped[str | None]
    """With its country's letters before it, without blanks."""
    address: Mapped[dict[str, Any]]
    """The members of ``accounts.address_rules.PostalAddress``."""
    status: Mapped[str]
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str | None]
    """Why staff refused."""
    verified: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The facts in force, ``{name, registration_number, vat_number, address}``, as staff verified them."""
    verified_at: Mapped[datetime | None]
