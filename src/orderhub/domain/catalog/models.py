"""Listings: what is offered for sale, and the options of a service."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class ListingKind(StrEnum):
    """What is sold."""

    SERVICE = "service"
    ITEM = "item"


class ListingState(StrEnum):
    """Where a listing stands; `rules.MOVES` says how it gets from one to the next."""

    DRAFT = "draft"
    ACTIVE = "active"
    RESERVED = "reserved"
    """An order holds the item until it is paid, or until ``reserved_until``."""
    SOLD = "sold"
    PAUSED = "paused"
    CLOSED = "closed"


class Listing(Base):
    """Something offered for sale by one account, in one currency.

    A draft may lack its category, price and what its kind needs; the database itself holds that a listing on show
    lacks nothing that an order is made from, and has nothing of the other kind.
    """

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("days >= 1", name="days"),
        CheckConstraint("revisions >= 0", name="revisions"),
        CheckConstraint("(price IS NULL) = (currency IS NULL)", name="currency"),
        CheckConstraint(
            "state NOT IN ('active', 'reserved', 'sold') OR (category IS NOT NULL AND price IS NOT NULL AND CASE kind"
            " WHEN 'item' THEN condition IS NOT NULL AND parcel_size IS NOT NULL AND cardinality(photo_ids) > 0"
            " ELSE days IS NOT NULL END)",
            name="complete",
        ),
        CheckConstraint(
            "CASE kind WHEN 'item' THEN num_nonnulls(days, revisions) = 0 ELSE NOT takes_offers"
            " AND num_nonnulls(condition, size, brand, colour, parcel_size, accept_from, decline_under,"
            " reserved_until, order_id) = 0 END",
            name="parts",
        ),
        CheckConstraint(
            "(accept_from IS NULL OR accept_from BETWEEN 1 AND price)"
            " AND (decline_under IS NULL OR decline_under BETWEEN 1 AND coalesce(accept_from, price))",
            name="floors",
        ),
        CheckConstraint(
            "CASE state WHEN 'reserved' THEN reserved_until IS NOT NULL AND order_id IS NOT NULL"
            " WHEN 'sold' THEN order_id IS NOT NULL ELSE true END",
            name="held",
        ),
        CheckConstraint("favourite_count >= 0", name="favourite_count"),
        Index("ix_listings_active", "id", postgresql_where=text("state = 'active'")),
        Index("ix_listings_active_category", "category", "id", postgresql_where=text("state = 'active'")),
        Index("ix_listings_seller_id_id", "seller_id", "id"),
        Index("ix_listings_search", "search", postgresql_using="gin"),
        Index("ix_listings_active_price", "currency", "price", "id", postgresql_where=text("state = 'active'")),
        Index(
            "ix_listings_active_brand",
            text("search_fold(brand)"),
            "id",
            postgresql_where=text("state = 'active' AND brand IS NOT NULL"),
        ),
        Index(
            "ix_listings_active_size",
            text("search_fold(size)"),
            "id",
            postgresql_where=text("state = 'active' AND size IS NOT NULL"),
        ),
        Index(
            "ix_listings_shown_photos",
            "photo_ids",
            postgresql_using="gin",
            postgresql_where=text("state IN ('active', 'reserved', 'sold')"),
        ),
    )
    # What the database writes by itself is for its own use: never read it back after a write.
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
    condition: Mapped[str | None]
    """A code of `items.Condition`; this and what follows are of items."""
    size: Mapped[str | None]
    brand: Mapped[str | None]
    colour: Mapped[str | None]
    parcel_size: Mapped[str | None]
    """A code of `items.ParcelSize`."""
    takes_offers: Mapped[bool] = mapped_column(server_default=text("false"))
    accept_from: Mapped[int | None]
    """Offers of so much and more are accepted by themselves; the seller's secret, as ``decline_under`` is."""
    decline_under: Mapped[int | None]
    reserved_until: Mapped[datetime | None]
    """Until when the order holds it; only while it is reserved."""
    order_id: Mapped[UUID | None]
    """The order that holds or has bought it. Orders lie above the catalog: no foreign key."""
    favourite_count: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int]
    """Rises with every change of the listing or its options; the ETag."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    """Business time, both."""
    search: Mapped[Any] = mapped_column(
        TSVECTOR,
        server_default=FetchedValue(),
        server_onupdate=FetchedValue(),
        deferred=True,
        deferred_raiseload=True,
        nullable=True,
    )
    """What it is found by: a trigger writes it of title, description, brand and colour."""


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


class Favourite(Base):
    """A listing that somebody wants to find again."""

    __tablename__ = "favourites"
    __table_args__ = (
        UniqueConstraint("account_id", "listing_id", name="uq_favourites_account_id_listing_id"),
        Index("ix_favourites_account_id_id", "account_id", "id"),
        Index("ix_favourites_listing_id_id", "listing_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Rises with time: the latest first is the order of every list of them."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("listings.id"))
    at: Mapped[datetime]
    """Business time."""
