"""Tables of accounts. Secrets are kept hashed; an account is erased in place and never deleted.

Times of a person's life here (created, confirmed, suspended, erased) are business time; those of
sessions, pending registrations, tokens and attempts are real time.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class StaffRole(StrEnum):
    """What a member of staff may do; each staff row of a table names one."""

    SUPPORT = "support"
    FINANCE = "finance"
    PRODUCTION = "production"
    ADMIN = "admin"


class Account(Base):
    """A person who signs in; buys and sells."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("email"),
        UniqueConstraint("handle"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("handle = lower(handle)", name="handle_lower"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint("num_nulls(photo_id, photo_width, photo_height) IN (0, 3)", name="photo"),
        Index("ix_accounts_photo_id", "photo_id", postgresql_where=text("photo_id IS NOT NULL")),
        Index("ix_accounts_staff", "id", postgresql_where=text("roles <> '{}'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    """Lower case. Once erased: ``<id>@erased.invalid``, which nobody can register."""
    handle: Mapped[str] = mapped_column(Text(collation="C"))
    """Lower case, in byte order so that its unique index also serves prefixes."""
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    """None before it is confirmed and once erased: nobody can sign in."""
    language: Mapped[str]
    time_zone: Mapped[str]
    country: Mapped[str]
    phone: Mapped[str | None]
    """E.164."""
    photo_id: Mapped[UUID | None]
    """An upload of their own, with its size beside it: whoever shows a person needs no other row."""
    photo_width: Mapped[int | None]
    photo_height: Mapped[int | None]
    roles: Mapped[list[str]] = mapped_column(server_default=text("'{}'"), default=list)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    suspension_reason: Mapped[str | None]
    erased_at: Mapped[datetime | None]
    rating_sum: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    rating_count: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    completed_orders: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    """Orders completed as the seller."""
    event_count: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    """Sequence number of the account's newest event."""


class SignInSession(Base):
    """One sign-in on one device: the family of its refresh tokens. Alive while ``revoked_at`` is null."""

    __tablename__ = "sign_in_sessions"
    __table_args__ = (
        Index("ix_sign_in_sessions_alive", "account_id", "id", postgresql_where=text("revoked_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """Moves on with each refresh."""
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str | None]
    address: Mapped[str | None]


class RefreshToken(Base):
    """A refresh token by its SHA-256. Used again some time after its first use, it ends its session."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (Index("ix_refresh_tokens_session_id", "session_id"),)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_sessions.id", ondelete="CASCADE"))
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """Its first use."""


class KnownDevice(Base):
    """A device that somebody signed in from, by the SHA-256 of the token that it holds."""

    __tablename__ = "known_devices"
    __table_args__ = (Index("ix_known_devices_account_id", "account_id", "last_used_at"),)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]


class PendingRegistration(Base):
    """What somebody said who registered an address; the account's, once the link of its own mail is followed."""

    __tablename__ = "pending_registrations"
    __table_args__ = (Index("ix_pending_registrations_account_id", "account_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    password_hash: Mapped[str]
    display_name: Mapped[str]
    handle: Mapped[str | None]
    """A wish."""
    language: Mapped[str]
    time_zone: Mapped[str]
    country: Mapped[str]
    registered_at: Mapped[datetime]


class EmailToken(Base):
    """A token that was sent by e-mail, by its SHA-256: confirms a registration or resets a password."""

    __tablename__ = "email_tokens"
    __table_args__ = (
        Index("ix_email_tokens_account_id", "account_id"),
        Index("ix_email_tokens_pending_id", "pending_id", postgresql_where=text("pending_id IS NOT NULL")),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    pending_id: Mapped[UUID | None] = mapped_column(ForeignKey("pending_registrations.id", ondelete="CASCADE"))
    """The registration that it confirms, until it did."""
    purpose: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """How often something was tried within a window, counted for every process together."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_since", "since"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    """What is counted, and the SHA-256 of whom it is counted for."""
    count: Mapped[int]
    since: Mapped[datetime]


class Address(Base):
    """Where a person lives or receives parcels, as its country writes addresses."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_account_id", "account_id", "id"),
        Index("uq_addresses_default", "account_id", unique=True, postgresql_where=text("is_default")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    company: Mapped[str | None]
    line1: Mapped[str]
    line2: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str]
    region: Mapped[str | None]
    country: Mapped[str]
    phone: Mapped[str | None]
    """E.164."""
    is_default: Mapped[bool]
    created_at: Mapped[datetime]


class NotificationPreference(Base):
    """The channels that a person chose for one topic; without a row, all of them."""

    __tablename__ = "notification_preferences"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    channels: Mapped[list[str]]
