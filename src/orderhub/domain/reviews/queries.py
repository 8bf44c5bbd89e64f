"""Reads of reviews."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.models import Account
from orderhub.domain.reviews.models import Review, ReviewerRole
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut


@dataclass(frozen=True, slots=True)
class SignedReview:
    """A review and who wrote it."""

    review: Review
    author: Account
    subjects_country: str
    """ISO 3166."""

    @property
    def countries(self) -> tuple[str, str]:
        """Of both."""
        return self.author.country, self.subjects_country


async def reviews_of_listing(session: AsyncSession, listing_id: UUID, page: PageRequest) -> Page[SignedReview]:
    """A page of what buyers say of a listing, newest first, in one statement."""
    statement = signed().where(Review.listing_id == listing_id, Review.author_role == ReviewerRole.BUYER.value)
    rows = (await session.execute(one_more(statement, page, Review.id))).all()
    return cut([SignedReview(*row) for row in rows], page.limit, lambda signed: signed.review.id)


async def reviews_of_seller(session: AsyncSession, seller_id: UUID, page: PageRequest) -> Page[SignedReview]:
    """A page of what buyers say of a seller, newest first, in one statement."""
    statement = signed().where(Review.subject_id == seller_id, Review.author_role == ReviewerRole.BUYER.value)
    rows = (await session.execute(one_more(statement, page, Review.id))).all()
    return cut([SignedReview(*row) for row in rows], page.limit, lambda signed: signed.review.id)


async def reviews_of_order(session: AsyncSession, order_id: UUID) -> list[SignedReview]:
    """The reviews that the parties of an order wrote, newest first: two at most."""
    rows = (await session.execute(signed().where(Review.order_id == order_id).order_by(Review.id.desc()))).all()
    return [SignedReview(*row) for row in rows]


async def sign(session: AsyncSession, review: Review) -> SignedReview:
    """A review with its author."""
    author, subject = [await session.get_one(Account, each) for each in (review.author_id, review.subject_id)]
    return SignedReview(review, author, subject.country)


def signed() -> Select[Review, Account, str]:
    """The columns of `SignedReview`."""
    subject = aliased(Account, name="subject")
    query = select(Review, Account, subject.country).join(Account, Account.id == Review.author_id)
    return query.join(subject, subject.id == Review.subject_id)
