"""The offer. Only the engine changes ``status``, and whatever pays or begins the order that uses it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base

_OPEN = "status IN ('pending', 'accepted')"


class Offer(Base):
    """A price that its author proposes to its recipient; one of them buys, the other sells."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("buyer_id <> seller_id", name="two_people"),
        CheckConstraint(
            "(author_id = buyer_id AND recipient_id = seller_id)"
            " OR (author_id = seller_id AND recipient_id = buyer_id)",
            name="between_them",
        ),
        CheckConstraint(
            "(sort = 'custom') = (days IS NOT NULL) AND (sort = 'custom') = (conversation_id IS NOT NULL)"
            " AND (sort = 'custom') = (scope IS NOT NULL)",
            name="custom_says_all",
        ),
        CheckConstraint("for_order_id IS NULL OR sort = 'custom'", name="extras_are_custom"),
        CheckConstraint("status <> 'ordered' OR order_id IS NOT NULL", name="order_when_ordered"),
        CheckConstraint("accepted_at IS NOT NULL OR status NOT IN ('accepted', 'ordered', 'lapsed')", name="accepted"),
        Index("ix_offers_buyer_id", "buyer_id", "id"),
        Index("ix_offers_seller_id", "seller_id", "id"),
        Index("ix_offers_listing_id", "listing_id", "id"),
        Index("ix_offers_author_id", "author_id", "made_at"),
        Index("ix_offers_conversation_id", "conversation_id", postgresql_where=text("conversation_id IS NOT NULL")),
        Index("ix_offers_order_id", "order_id", postgresql_where=text("order_id IS NOT NULL")),
        Index("ix_offers_open", "listing_id", "id", postgresql_where=text(_OPEN)),
        Index(
            "uq_offers_open",
            "listing_id",
            "buyer_id",
            unique=True,
            postgresql_where=text(f"{_OPEN} AND sort <> 'custom'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sort: Mapped[str]
    """`OfferSort`: what the first of them was, which each answer to it is, too."""
    status: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("listings.id"))
    conversation_id: Mapped[UUID | None]
    """Where a custom offer was made."""
    for_order_id: Mapped[UUID | None]
    """The running order whose extra a custom offer becomes."""
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    seller_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    author_id: Mapped[UUID]
    """Who made it: the buyer or the seller."""
    recipient_id: Mapped[UUID]
    """The other one, who answers it."""
    amount: Mapped[int]
    """Minor units of ``currency``: of the item alone, or of all that a custom offer gives."""
    currency: Mapped[str] = mapped_column(String(3))
    listing_price: Mapped[int]
    """The listing's price when it was made."""
    days: Mapped[int | None]
    revisions: Mapped[int | None]
    """How many revisions a custom offer includes; null is unlimited."""
    scope: Mapped[str | None]
    """What a custom offer gives, in its seller's words."""
    message: Mapped[str | None]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("offers.id"))
    """The offer that this one counters."""
    order_id: Mapped[UUID | None]
    """The order that uses it, or has used it."""
    terms: Mapped[dict[str, Any]]
    """Durations by name, ISO 8601, copied from the policy when it was made."""
    made_at: Mapped[datetime]
    status_since: Mapped[datetime]
    clock_anchor: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    """Until when it can be answered; once accepted, until when it can be used."""
