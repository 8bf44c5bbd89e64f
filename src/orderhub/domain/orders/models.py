"""The order.

Every fact that guards a row lives on the order's own row, so that whoever holds its lock has the
truth. Only the engine changes ``status``; only postings change ``held``; the database sees to both.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base

EMPTY_LIST = text("'[]'::jsonb")


class Order(Base):
    """The agreement: one kind, one status, one currency, one history."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("held >= 0", name="held_not_negative"),
        CheckConstraint("total >= 0", name="total_not_negative"),
        CheckConstraint("fee >= 0 AND shipping >= 0 AND fee + shipping <= total", name="parts_of_total"),
        Index("ix_orders_buyer_id", "buyer_id", "id"),
        Index("ix_orders_seller_id", "seller_id", "id"),
        Index("ix_orders_shop_id", "shop_id", "id", postgresql_where=text("shop_id IS NOT NULL")),
        Index("ix_orders_open", "kind", "status", "id", postgresql_where=text("final_at IS NULL")),
        Index(
            "ix_orders_unpaid_items",
            "buyer_id",
            "placed_at",
            postgresql_where=text("kind = 'item' AND paid_at IS NULL"),
        ),
        Index("ix_orders_photo_file_id", "photo_file_id", postgresql_where=text("photo_file_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    seller_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    """The shop that buys, where it is one: ``buyer_id`` is its account, its members and keys act for it."""
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    conversation_id: Mapped[UUID]
    title: Mapped[str]
    category: Mapped[str]
    photo_file_id: Mapped[UUID | None]

    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int]
    """What the buyer pays, in minor units; grows with each paid extra."""
    fee: Mapped[int] = mapped_column(server_default=text("0"))
    """What of the total a release gives to the hub; the rest is the seller's."""
    shipping: Mapped[int] = mapped_column(server_default=text("0"))
    """What of the seller's part is no price: the hub takes no commission of it."""
    held: Mapped[int] = mapped_column(server_default=text("0"))
    """The balance of ``escrow:<order>``; moved by postings alone."""
    lines: Mapped[list[dict[str, Any]]]
    """What was bought: ``{"id", "title", "price", "days"}``, the listing first, then options and extras."""
    funds: Mapped[list[dict[str, Any]]] = mapped_column(server_default=EMPTY_LIST)
    """What each payment still holds here, oldest first: ``{"payment_id", "held"}``."""
    refunded: Mapped[int] = mapped_column(server_default=text("0"))
    released: Mapped[int] = mapped_column(server_default=text("0"))
    commission_basis_points: Mapped[int]
    terms: Mapped[dict[str, Any]]
    """Durations by name, ISO 8601, copied from the policy when the order was placed."""
    details: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    """What only its kind has, as the type of `Kind.details` is written; read by that kind's room alone."""

    placed_at: Mapped[datetime]
    status_since: Mapped[datetime]
    clock_anchor: Mapped[datetime]
    """Since when the clocks of the present status count; moved on by the time spent in a dispute."""
    clock_shift: Mapped[timedelta] = mapped_column(server_default=text("'0'::interval"))
    """Time spent in disputes: clocks that count from the payment stand still meanwhile."""
    paid_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    final_at: Mapped[datetime | None]

    cancellation: Mapped[dict[str, Any] | None]
    """The pending request: ``{"id", "at", "reason"}``."""

    disputed_by: Mapped[str | None]
    """Who opened the present dispute: ``buyer``, ``seller``, ``clock``, ``provider``."""
    resume_status: Mapped[str | None]
    resume_anchor: Mapped[datetime | None]
    postponed_at: Mapped[datetime | None]
    """When a reported problem postponed the automatic release, at most once."""
    open_cases: Mapped[int] = mapped_column(server_default=text("0"))


class OrderFile(Base):
    """A file that was delivered with an order; its parties may see it."""

    __tablename__ = "order_files"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"), primary_key=True, index=True)


class CodeTries(Base):
    """How often the code by which an order is handed over was tried."""

    __tablename__ = "code_tries"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    tries: Mapped[int]
