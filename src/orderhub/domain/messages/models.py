"""Conversations between two parties, and their messages.

The conversation of an order is inserted by the placing itself, in the engine's one statement; that
of an inquiry by `inquiries.py`. Counters are kept in the transaction of the message.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as _sql
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Conversation(Base):
    """Private messages between a buyer and a seller, about one order or one listing."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("order_id IS NOT NULL OR listing_id IS NOT NULL", "about_something"),
        UniqueConstraint("order_id"),
        Index(
            "uq_conversations_inquiry",
            "listing_id",
            "buyer_id",
            unique=True,
            postgresql_where=_sql("order_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    seller_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    """Business time."""
    last_message_at: Mapped[datetime | None]
    message_count: Mapped[int] = mapped_column(server_default=_sql("0"))


class ConversationMember(Base):
    """What one party has of a conversation: its place in their list, and what they haven't read."""

    __tablename__ = "conversation_members"
    __table_args__ = (Index("ix_conversation_members_latest", "account_id", "latest"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unread: Mapped[int] = mapped_column(server_default=_sql("0"))
    last_read_at: Mapped[datetime | None]
    """Business time."""
    last_message_id: Mapped[UUID | None]
    latest: Mapped[UUID] = mapped_column(Computed("COALESCE(last_message_id, conversation_id)", persisted=True))
    """Key of the list: ids are time-ordered, so the conversation with the newest message has the greatest."""
    mailed: Mapped[bool] = mapped_column(server_default=_sql("false"))
    """A mail about new messages went out and the member has not read since: no second one."""


class Message(Base):
    """One message, as it was written. What a reader sees is computed from the spans."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_page", "conversation_id", "id"),
        Index("ix_messages_file_ids", "file_ids", postgresql_using="gin", postgresql_where=_sql("file_ids <> '{}'")),
        UniqueConstraint("conversation_id", "number"),
        CheckConstraint("author_role IN ('buyer', 'seller', 'staff')", "author_role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    number: Mapped[int]
    """Counts the messages of one conversation from 1; the sequence of its ``message.sent`` events."""
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    author_role: Mapped[str]
    text: Mapped[str]
    spans: Mapped[list[dict[str, Any]]] = mapped_column(server_default=_sql("'[]'::jsonb"))
    """What was found by `masking.find`: ``{"start", "end", "kind"}`` in characters of ``text``."""
    action: Mapped[str | None]
    """The action on its order that it came with, such as ``deliver``; None for one that was only written."""
    file_ids: Mapped[list[UUID]] = mapped_column(server_default=_sql("'{}'::uuid[]"))
    sent_at: Mapped[datetime]
    """Business time."""
