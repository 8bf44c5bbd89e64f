"""Partner shops: entries of the public directory, the hosts of their sites, who edits them, and their keys."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Computed, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class ShopRole(StrEnum):
    """What a member of a shop may do besides looking: an owner also says who the members are."""

    OWNER = "owner"
    EDITOR = "editor"


class Shop(Base):
    """A partner shop. Only an active one is listed, searched for and recognised by its hosts."""

    __tablename__ = "shops"
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        Index("ix_shops_active", "id", postgresql_where=text("active")),
        Index("ix_shops_search", "search", postgresql_using="gin"),
        Index("ix_shops_logo_file_id", "logo_file_id", postgresql_where=text("logo_file_id IS NOT NULL")),
    )
    # The generated column is for the database's own use: never read it back after a write.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), unique=True)
    """As whom it orders and its keys call; nobody signs in to it. See ``shop_accounts.py``."""
    name: Mapped[str]
    description: Mapped[str]
    """Plain text, kept as it was written; whoever shows it escapes it."""
    country: Mapped[str]
    """ISO 3166, where it sells from."""
    currency: Mapped[str]
    """ISO 4217, of its prices."""
    logo_file_id: Mapped[UUID | None]
    """No foreign key: the sweep of an erased person's files must not wait for a shop."""
    categories: Mapped[list[str]]
    """Codes of `categories.CATEGORIES`."""
    active: Mapped[bool]
    version: Mapped[int]
    """Rises with every change of the shop or its sites; the ETag."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    """Business time, both."""
    search: Mapped[Any] = mapped_column(
        TSVECTOR,
        Computed("listing_vector(name, description)", persisted=True),
        deferred=True,
        deferred_raiseload=True,
        nullable=True,
    )


class ShopSite(Base):
    """A web site of a shop; a host belongs to one shop only."""

    __tablename__ = "shop_sites"
    __table_args__ = (Index("ix_shop_sites_shop_id", "shop_id"),)

    host: Mapped[str] = mapped_column(primary_key=True)
    """As `hosts.host_of` gives it."""
    shop_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"))
    url: Mapped[str]


class ShopMember(Base):
    """Somebody who edits a shop."""

    __tablename__ = "shop_members"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'editor')", name="role"),
        Index("ix_shop_members_account_id", "account_id"),
    )

    shop_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str]
    added_at: Mapped[datetime]
    """Business time."""


class KeyScope(StrEnum):
    """What a key may be used for."""

    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    EVENTS_READ = "events:read"


class ShopKey(Base):
    """A key by which a shop's systems call, by its SHA-256; it is a session of the shop's account."""

    __tablename__ = "shop_keys"
    __table_args__ = (UniqueConstraint("hash"), Index("ix_shop_keys_shop_id", "shop_id", "id"))

    id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_sessions.id", ondelete="CASCADE"), primary_key=True)
    """The session's, which says when it was last used, when it ends and whether it was revoked."""
    shop_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"))
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    hint: Mapped[str]
    """Its first characters, by which people tell keys apart."""
    created_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
