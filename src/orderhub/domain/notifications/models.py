"""What people are told: alerts of the member area, and the book of mails that went out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base

EMPTY_LIST = text("'[]'::jsonb")


class Notification(Base):
    """One alert of one account. Its wording is made when it is read, from ``code`` and ``params``."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id"),
        Index("ix_notifications_unread_events", "account_id", "event_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    event_id: Mapped[UUID]
    """The event that caused it: delivered twice, it is still one alert. Lists are in the order of events."""
    topic: Mapped[str]
    """What people choose channels for: ``orders``, ``messages`` …"""
    code: Mapped[str]
    """Key of ``wording.py``."""
    params: Mapped[dict[str, Any]]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("quotes.id"))
    offer_id: Mapped[UUID | None]
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    created_at: Mapped[datetime]
    """Business time of the event."""
    read_at: Mapped[datetime | None]
    """Business time."""


class SentMail(Base):
    """A mail that a server has accepted: it is not sent a second time."""

    __tablename__ = "sent_mails"

    message_id: Mapped[str] = mapped_column(primary_key=True)
    """The ``Message-ID`` header, the same for the same event and recipient."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """Real time."""


class SentWhatsApp(Base):
    """A message that WhatsApp has accepted: it is not sent a second time."""

    __tablename__ = "sent_whatsapps"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    provider_id: Mapped[str]
    """WhatsApp's own id of it: ``wamid.…``."""
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """Real time."""


class SandboxMail(Base):
    """A mail in the dev mailbox, so that any API process can show it. Production never has one."""

    __tablename__ = "sandbox_mails"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    recipient: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    reply_to: Mapped[str | None]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(server_default=EMPTY_LIST)
    """What went along, without the bytes: ``{"name", "mime_type", "size"}``."""
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """Real time."""
