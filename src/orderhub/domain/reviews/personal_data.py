"""What reviews hold of a person, for the export that the RGPD asks for.

Nothing is erased: the account that signs them is blanked in place, and ratings stay those of others.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.reviews.models import Review
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_reviews(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """The reviews that the person wrote, and those of them, with their replies."""
    mine = or_(Review.author_id == account_id, Review.subject_id == account_id)
    return [
        {
            "id": show_id("rev", review.id),
            "order_id": show_id("ord", review.order_id),
            "written_by_me": review.author_id == account_id,
            "rating": review.rating,
            "text": review.text,
            "created_at": show_instant(review.created_at),
            "reply": review.reply,
            "replied_at": review.replied_at and show_instant(review.replied_at),
        }
        for review in await session.scalars(select(Review).where(mine).order_by(Review.id))
    ]


REVIEWS = Holding(export_reviews)
