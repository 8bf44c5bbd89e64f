"""What reviews hold of a person, for the export and the erasure that the RGPD asks for.

Ratings stay, since they are others'; what was written goes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.contact_details.disclosure import to_public
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
            "text": review.text if review.author_id == account_id else to_public().text(review.text),
            "created_at": show_instant(review.created_at),
            "reply": review.reply if review.subject_id == account_id else _shown(review.reply),
            "replied_at": review.replied_at and show_instant(review.replied_at),
        }
        for review in await session.scalars(select(Review).where(mine).order_by(Review.id))
    ]


def _shown(reply: str | None) -> str | None:
    return reply and to_public().text(reply)


async def erase_reviews(session: AsyncSession, account_id: UUID) -> None:
    """Empty the person's reviews, and their replies to those of them."""
    without_sync = {"synchronize_session": False}
    written = update(Review).where(Review.author_id == account_id).values(text=FORGOTTEN)
    replied = update(Review).where(Review.subject_id == account_id, Review.reply.is_not(None)).values(reply=FORGOTTEN)
    await session.execute(written, execution_options=without_sync)
    await session.execute(replied, execution_options=without_sync)


REVIEWS = Holding(export_reviews, erase_reviews)
