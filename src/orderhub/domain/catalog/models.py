"""Listings: what is offered for sale, and the options of a service."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class ListingKind(StrEnum):
    """What is sold."""

    SERVICE = "service"


class ListingState(StrEnum):
    """Where a listing stands; `rules.MOVES` says how it gets from one to the next."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Listing(Base):
    """Something offered for sale by one account, in one currency.

    A draft may lack its category, price and days; the database itself holds that an active listing
    lacks nothing that an order is made from.
    """

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("days >= 1", name="days"),
        CheckConstraint("revisions >= 0", name="revisions"),
        CheckConstraint("(price IS NULL) = (currency IS NULL)", name="currency"),
        CheckConstraint(
            "state <> 'active' OR (category IS NOT NULL AND price IS NOT NULL AND days IS NOT NULL)",
            name="complete",
        ),
        Index("ix_listings_active", "id", postgresql_where=text("state = 'active'")),
        Index("ix_listings_active_category", "category", "id", postgresql_where=text("state = 'active'")),
        Index("ix_listings_seller_id_id", "seller_id", "id"),
        Index("ix_listings_search", "search", postgresql_using="gin"),
        Index(
            "ix_listings_active_photos",
            "photo_ids",
            postgresql_using="gin",
            postgresql_where=text("state = 'active'"),
        ),
    )
    # The generated column is for the database's own use: never read it back after a write.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seller_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str]
    state: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    """Plain text or Markdown, kept as it was written; whoever shows it escapes it."""
    category: Mapped[str | None]
    """A code of `categories.CATEGORIES`."""
    price: Mapped[int | None]
    """Minor units of ``currency``."""
    currency: Mapped[str | None]
    days: Mapped[int | None]
    """Calendar days from acceptance to delivery."""
    revisions: Mapped[int | None]
    """How many revisions are included; null is unlimited."""
    questions: Mapped[list[dict[str, Any]]]
    """What the buyer is asked after paying: ``{id, label, kind, required, choices}`` each."""
    photo_ids: Mapped[list[UUID]]
    accepts_inquiries: Mapped[bool]
    version: Mapped[int]
    """Rises with every change of the listing or its options; the ETag."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    """Business time, both."""
    search: Mapped[Any] = mapped_column(
        TSVECTOR,
        Computed("listing_vector(title, description)", persisted=True),
        deferred=True,
        deferred_raiseload=True,
        nullable=True,
    )


class ListingOption(Base):
    """An extra of a service: its price, in the listing's currency, and the days it adds or saves."""

    __tablename__ = "listing_options"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        Index("ix_listing_options_listing_id_id", "listing_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("listings.id"))
    title: Mapped[str]
    price: Mapped[int]
    days: Mapped[int]
    """Signed: an express option saves days."""
    active: Mapped[bool]
    """False once its seller removed it: it can't be chosen any more."""
