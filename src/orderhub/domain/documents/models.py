"""Documents as they were issued, and the counters of their numbers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Document(Base):
    """A document as it was issued; never changed: a correction is a credit note."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("order_id IS NOT NULL OR quote_id IS NOT NULL", name="subject"),
        CheckConstraint("(quote_id IS NULL) = (quote_version IS NULL)", name="quote_version"),
        CheckConstraint(
            "left(number, 3) = CASE kind WHEN 'proforma' THEN 'PF-' WHEN 'final_invoice' THEN 'FA-'"
            " WHEN 'credit_note' THEN 'AV-' ELSE '?' END",
            name="kind",
        ),
        Index("uq_documents_number", "number", unique=True),
        Index("ix_documents_order_id", "order_id"),
        Index(
            "uq_documents_proforma",
            "quote_id",
            "quote_version",
            unique=True,
            postgresql_where=text("kind = 'proforma'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """One of `DocumentKind`."""
    number: Mapped[str]
    """``PF-2026-000123``: taken by `numbering.next_number` in the transaction that writes this row."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quotes.id"))
    quote_version: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int]
    """In minor units; of a credit note what it takes off, as a positive number."""
    content: Mapped[dict[str, Any]]
    """Everything that is printed, as it was at that instant; see `content`."""
    issued_at: Mapped[datetime]
    """Business time."""
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))


class NumberSeries(Base):
    """The last number given in a series and a year. Only `numbering.next_number` moves it."""

    __tablename__ = "number_series"
    __table_args__ = (CheckConstraint("last > 0", name="last_positive"),)

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int]
