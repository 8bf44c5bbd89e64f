"""What was flagged, where, and behind which case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Flag(Base):
    """A text that held contact details or a payment link while its reader might not see them."""

    __tablename__ = "message_flags"  # messages were the first; processes of before still write here
    __table_args__ = (
        CheckConstraint("num_nonnulls(message_id, comment_id, offer_id) = 1", name="subject"),
        CheckConstraint("num_nonnulls(conversation_id, listing_id) = 1", name="place"),
        Index("ix_message_flags_conversation_id", "conversation_id"),
        Index("ix_message_flags_listing_id", "listing_id", postgresql_where=text("listing_id IS NOT NULL")),
        Index("ix_message_flags_case_id_id", "case_id", "id"),
        Index("uq_message_flags_comment_id", "comment_id", unique=True),
        Index("uq_message_flags_offer_id", "offer_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id"), unique=True)
    comment_id: Mapped[UUID | None] = mapped_column(ForeignKey("comments.id"))
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offers.id"))
    """One of the three: what was written."""
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    """One of the two: where. One case a place, as long as it is open."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    """Who wrote it."""
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kinds: Mapped[list[str]]
    flagged_at: Mapped[datetime]
    """Business time."""
