"""Reviews: what each party of a completed order says of the other."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class ReviewerRole(StrEnum):
    """On which side of the order the author stood."""

    BUYER = "buyer"
    SELLER = "seller"


class Review(Base):
    """One review; each party of an order writes at most one, and it is never edited."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("order_id", "author_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="reply"),
        Index("ix_reviews_by_buyers", "listing_id", "id", postgresql_where=text("author_role = 'buyer'")),
        Index("ix_reviews_subject_id_id", "subject_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    listing_id: Mapped[UUID | None] = mapped_column(ForeignKey("listings.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    author_role: Mapped[str]
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    """The account that is reviewed, whose rating it counts in."""
    rating: Mapped[int]
    """1 to 5."""
    text: Mapped[str]
    created_at: Mapped[datetime]
    reply: Mapped[str | None]
    """The one answer of the account that is reviewed."""
    replied_at: Mapped[datetime | None]
