"""Cases: what waits for staff because a rule alone can't settle it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class CaseKind(StrEnum):
    """Why staff should look."""

    PROBLEM = "problem"
    """A party reported a problem with an order."""
    UNAPPLIED_PAYMENT = "unapplied_payment"
    """A capture that no row took; it was refunded to its payer."""
    FAILED_REFUND = "failed_refund"
    """The provider refused a refund."""
    CHARGEBACK = "chargeback"
    """The payer's bank took money back."""
    PROOF = "proof"
    """A proof of payment that its order went on without: staff record what came."""
    CONTACT_DETAILS = "contact_details"
    """A message held contact details or a payment link; it was masked."""
    MAIL = "mail"
    """Somebody answered a mail of ours, and no rule knows what to do with it."""


class Case(Base):
    """Something that waits for staff: open until somebody closes it with a resolution."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_open", "id", postgresql_where=text("closed_at IS NULL")),
        Index("ix_cases_order_id", "order_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.id"))
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    """Business time."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    resolution: Mapped[str | None]


class CaseFile(Base):
    """A file that came with what a case is about, for staff to look at."""

    __tablename__ = "case_files"
    __table_args__ = (Index("ix_case_files_file_id", "file_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
