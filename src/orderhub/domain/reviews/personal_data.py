"""What reviews hold of a person, for the export and the erasure that the RGPD asks for.

Ratings stay, since they are others'; what was written goes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.contact_details.disclosure import Disclosure, to_public
from orderhub.domain.reviews.models import Review
from orderhub.domain.reviews.queries import SignedReview, signed
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_reviews(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """The reviews that the person wrote, and those of them, with their replies."""
    mine = or_(Review.author_id == account_id, Review.subject_id == account_id)
    found = [SignedReview(*row) for row in await session.execute(signed().where(mine).order_by(Review.id))]
    return [_exported(each.review, account_id, to_public(each.countries)) for each in found]


def _exported(review: Review, account_id: UUID, words: Disclosure) -> dict[str, Any]:
    is_mine = review.author_id == account_id
    return {
        "id": show_id("rev", review.id),
        "order_id": show_id("ord", review.order_id),
        "written_by_me": is_mine,
        "rating": review.rating,
        "text": review.text if is_mine else words.text(review.text),
        "created_at": show_instant(review.created_at),
        "reply": review.reply and (words.text(review.reply) if is_mine else review.reply),
        "replied_at": review.replied_at and show_instant(review.replied_at),
    }


async def erase_reviews(session: AsyncSession, account_id: UUID) -> None:
    """Empty the person's reviews, and their replies to those of them."""
    without_sync = {"synchronize_session": False}
    written = update(Review).where(Review.author_id == account_id).values(text=FORGOTTEN)
    replied = update(Review).where(Review.subject_id == account_id, Review.reply.is_not(None)).values(reply=FORGOTTEN)
    await session.execute(written, execution_options=without_sync)
    await session.execute(replied, execution_options=without_sync)


REVIEWS = Holding(export_reviews, erase_reviews)
