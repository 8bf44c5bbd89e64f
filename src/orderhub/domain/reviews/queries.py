"""Reads of reviews."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.reviews.models import Review, ReviewerRole
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut


@dataclass(frozen=True, slots=True)
class SignedReview:
    """A review and who wrote it."""

    review: Review
    author: Account


async def reviews_of_listing(session: AsyncSession, listing_id: UUID, page: PageRequest) -> Page[SignedReview]:
    """A page of what buyers say of a listing, newest first, in one statement."""
    statement = _signed().where(Review.listing_id == listing_id, Review.author_role == ReviewerRole.BUYER.value)
    rows = (await session.execute(one_more(statement, page, Review.id))).all()
    return cut([SignedReview(*row) for row in rows], page.limit, lambda signed: signed.review.id)


async def reviews_of_order(session: AsyncSession, order_id: UUID) -> list[SignedReview]:
    """The reviews that the parties of an order wrote, newest first: two at most."""
    rows = (await session.execute(_signed().where(Review.order_id == order_id).order_by(Review.id.desc()))).all()
    return [SignedReview(*row) for row in rows]


async def sign(session: AsyncSession, review: Review) -> SignedReview:
    """A review with its author."""
    return SignedReview(review, await session.get_one(Account, review.author_id))


def _signed() -> Select[Review, Account]:
    return select(Review, Account).join(Account, Account.id == Review.author_id)
