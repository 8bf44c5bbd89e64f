"""Writing a review of a completed order, and the one reply to it (docs/rules.md, The tables)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.orders.allowances import REVIEWED, TOO_LATE, not_completed, reviewable_until
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.reviews.errors import (
    AlreadyRepliedError,
    AlreadyReviewedError,
    OrderNotCompletedError,
    ReviewNotFoundError,
    ReviewTooLateError,
)
from orderhub.domain.reviews.models import Review, ReviewerRole
from orderhub.infra.locking import locked
from orderhub.kit.errors import ForbiddenError, NotFoundError
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of the other party: 1 to 5, and why."""

    rating: int
    text: str


async def create_review(
    session: AsyncSession, order_id: UUID, *, author_id: UUID, opinion: Opinion, now: datetime
) -> Review:
    """Review the other party of a completed order; a seller's rating counts it at once.

    Raises NotFoundError for somebody else's order, OrderNotCompletedError, ReviewTooLateError and
    AlreadyReviewedError.
    """
    order = await party_order(session, order_id, author_id)
    _check_open(order, now)
    role = ReviewerRole.BUYER if author_id == order.buyer_id else ReviewerRole.SELLER
    values = {
        "id": new_id(),
        "order_id": order.id,
        "listing_id": order.listing_id,
        "author_id": author_id,
        "author_role": role.value,
        "subject_id": order.seller_id if role is ReviewerRole.BUYER else order.buyer_id,
        "rating": opinion.rating,
        "text": opinion.text,
        "created_at": now,
    }
    # Two requests at once: the unique constraint lets one of them through.
    written = insert(Review).values(values).on_conflict_do_nothing(index_elements=["order_id", "author_id"])
    review = (await session.scalars(written.returning(Review))).one_or_none()
    if review is None:
        raise AlreadyReviewedError(REVIEWED)
    await _count_rating(session, review)
    return review


async def write_reply(session: AsyncSession, review_id: UUID, *, author_id: UUID, text: str, now: datetime) -> Review:
    """Answer a review of oneself, once. Raises ReviewNotFoundError, ForbiddenError and AlreadyRepliedError."""
    review = await locked(session, Review, review_id)
    # A seller's review of a buyer is shown to the two of them only.
    if review is None or not (
        review.author_role == ReviewerRole.BUYER or author_id in (review.author_id, review.subject_id)
    ):
        raise ReviewNotFoundError(Label("Il n’y a pas un tel avis.", "There is no such review."))
    if review.subject_id != author_id:
        raise ForbiddenError(
            Label("Seule la personne évaluée peut répondre.", "Only the one who is reviewed may reply.")
        )
    if review.reply is not None:
        raise AlreadyRepliedError(
            Label(
                "Vous avez répondu à cet avis ; une réponse ne change plus.",
                "You have replied to this review; a reply can't be changed.",
            )
        )
    review.reply, review.replied_at = text, now
    return review


async def party_order(session: AsyncSession, order_id: UUID, account_id: UUID) -> Order:
    """An order by one of its parties. Raises NotFoundError."""
    order = await session.scalar(select(Order).where(Order.id == order_id))
    if order is None or account_id not in (order.buyer_id, order.seller_id):
        raise NotFoundError(
            Label(
                "Il n’y a pas une telle commande, ou vous ne pouvez pas la voir.",
                "There is no such order, or you may not see it.",
            )
        )
    return order


def _check_open(order: Order, now: datetime) -> None:
    if order.status not in KINDS[order.kind].table.fulfilled or order.final_at is None:
        raise OrderNotCompletedError(not_completed(order.final_at))
    until = reviewable_until(order.final_at, order.terms)
    if now >= until:
        raise ReviewTooLateError(
            TOO_LATE,
            until=until,
        )


async def _count_rating(session: AsyncSession, review: Review) -> None:
    """Add to the seller's sums in the database, so that reviews at the same time all count.

    A rating is what buyers thought of a seller: what sellers say of a buyer is shown to the two of them only.
    """
    if review.author_role != ReviewerRole.BUYER:
        return
    await session.execute(
        update(Account)
        .where(Account.id == review.subject_id)
        .values(rating_sum=Account.rating_sum + review.rating, rating_count=Account.rating_count + 1)
        .execution_options(synchronize_session=False)
    )
