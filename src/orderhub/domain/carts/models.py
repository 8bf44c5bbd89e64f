"""A cart and its lines.

Every fact that guards a change of a cart is on the cart's own row, so that whoever holds its lock has
the truth; its lines are written by nobody else.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class CartStatus(StrEnum):
    """An open cart can be changed; one that a quote was asked for stays as it was."""

    OPEN = "open"
    REQUESTED = "requested"


class Cart(Base):
    """What one account gathers. One of its open carts is the usual one, others were asked for separately."""

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'requested')", name="status"),
        CheckConstraint("line_count >= 0", name="line_count"),
        Index("ix_carts_account_id_id", "account_id", "id"),
        Index(
            "uq_carts_usual",
            "account_id",
            unique=True,
            postgresql_where=text("status = 'open' AND NOT separate"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    status: Mapped[str]
    separate: Mapped[bool]
    version: Mapped[int]
    """Rises with every change of the cart or its lines; the ETag."""
    line_count: Mapped[int]
    last_place: Mapped[int]
    """The place of the line that was added last; places are never given twice."""
    quote_id: Mapped[UUID | None]
    """The quote that was asked for; no foreign key, since quotes refer to carts."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    """Business time, both."""


class CartLine(Base):
    """One thing that a customer wants, as they wrote it."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        Index("uq_cart_lines_cart_id_place", "cart_id", "place", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"))
    place: Mapped[int]
    """Lines are shown in the order in which they were added."""
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    """The shop as it was given, or recognised when the line was written."""
    name: Mapped[str]
    url: Mapped[str | None]
    hosts: Mapped[list[str]]
    """Hosts that the URL's shop may have, the nearest first: the directory is asked anew at each reading."""
    quantity: Mapped[int]
    note: Mapped[str | None]
    """Size, colour, and whatever else tells the thing."""
    created_at: Mapped[datetime]
