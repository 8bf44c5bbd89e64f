"""The quote and its issued versions. Only the engine changes ``status``; a version is never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Quote(Base):
    """What a buyer asked for, what it costs, and whether it was accepted."""

    __tablename__ = "quotes"
    __table_args__ = (
        CheckConstraint(
            "(status IN ('accepted', 'declined', 'withdrawn', 'cancelled', 'rejected')) = (final_at IS NOT NULL)",
            name="final_at_when_final",
        ),
        CheckConstraint("(status = 'accepted') = (order_id IS NOT NULL)", name="order_when_accepted"),
        Index("ix_quotes_buyer_id", "buyer_id", "id"),
        Index("ix_quotes_open", "status_since", postgresql_where=text("final_at IS NULL")),
        Index("uq_quotes_cart_id", "cart_id", unique=True),
        Index("uq_quotes_order_id", "order_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"))
    title: Mapped[str]
    lines: Mapped[list[dict[str, Any]]]
    """As they were asked for: ``{"id", "shop", "name", "url", "quantity", "note"}``."""
    address: Mapped[dict[str, Any]]
    """Where the goods go: a copy."""
    terms_accepted: Mapped[dict[str, Any]]
    """``{"version", "at", "address"}``: which terms, when, and from which address of the client."""
    message: Mapped[str | None]
    terms: Mapped[dict[str, Any]]
    """Durations by name, ISO 8601, copied from the policy when the quote was asked for."""
    draft: Mapped[dict[str, Any] | None]
    """What staff prepare: a complete content that is not issued yet."""
    current: Mapped[int | None]
    """The number of the newest issued version: only that one can be accepted."""
    number: Mapped[str | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    total: Mapped[int | None]
    deposit: Mapped[int | None]
    expires_at: Mapped[datetime | None]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    staff_ids: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'::uuid[]"))
    """Whoever of the staff has acted on it or priced it: somebody else rules on a dispute of its order."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    requested_at: Mapped[datetime]
    status_since: Mapped[datetime]
    clock_anchor: Mapped[datetime]
    final_at: Mapped[datetime | None]


class QuoteVersion(Base):
    """One issued proforma, as it was issued."""

    __tablename__ = "quote_versions"

    quote_id: Mapped[UUID] = mapped_column(ForeignKey("quotes.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    """``PF-2026-000123``, as the document has it."""
    content: Mapped[dict[str, Any]]
    """As `proforma.pricing` computed it."""
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int]
    deposit: Mapped[int]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
