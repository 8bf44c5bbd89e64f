"""Comments, as they were written. What a reader sees is computed from the spans."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as _sql
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Comment(Base):
    """A question under an item, or an answer to one."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("num_nulls(deleted_at, deleted_by) IN (0, 2)", name="deleted"),
        Index(
            "ix_comments_questions",
            "listing_id",
            "id",
            postgresql_where=_sql("parent_id IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "ix_comments_answers",
            "parent_id",
            "id",
            postgresql_where=_sql("parent_id IS NOT NULL AND deleted_at IS NULL"),
        ),
        Index("ix_comments_listing_id", "listing_id"),
        Index("ix_comments_author_id", "author_id", "written_at"),
        Index(
            "ix_comments_mentions",
            "mentions",
            postgresql_using="gin",
            postgresql_ops={"mentions": "jsonb_path_ops"},
            postgresql_where=_sql("mentions <> '[]'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("listings.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("comments.id"))
    """The question that it answers; None for a question. Answers aren't answered."""
    text: Mapped[str]
    spans: Mapped[list[dict[str, Any]]]
    """What was found by `masking.find`: ``{"start", "end", "kind"}`` in characters of ``text``."""
    mentions: Mapped[list[dict[str, Any]]]
    """Who is mentioned, and where: ``{"start", "end", "account_id"}``, the ``@`` included."""
    written_at: Mapped[datetime]
    """Business time."""
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
