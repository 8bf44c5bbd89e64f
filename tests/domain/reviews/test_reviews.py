"""Awa and Bruno review each other, once each, and answer once."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.service import ListingChanges, create_listing
from orderhub.domain.reviews.errors import (
    AlreadyRepliedError,
    AlreadyReviewedError,
    OrderNotCompletedError,
    ReviewNotFoundError,
    ReviewTooLateError,
)
from orderhub.domain.reviews.models import Review
from orderhub.domain.reviews.personal_data import export_reviews
from orderhub.domain.reviews.queries import reviews_of_listing, reviews_of_order, sign
from orderhub.domain.reviews.service import Opinion, create_review, write_reply
from orderhub.kit.errors import ForbiddenError, NotFoundError
from orderhub.kit.ids import new_id
from orderhub.kit.pages import PageRequest, read_cursor

Hire = Callable[[str], Awaitable[UUID]]
Place = Callable[..., Awaitable[UUID]]
GOOD = Opinion(5, "Un logo superbe.")
FAIR = Opinion(4, "Brief clair, réponses rapides.")


async def rating(session: AsyncSession, account_id: UUID) -> tuple[int, int]:
    account = await session.get_one(Account, account_id, populate_existing=True)
    return account.rating_sum, account.rating_count


async def test_each_party_reviews_the_other(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    order = await place()

    by_awa = await create_review(session, order, author_id=awa, opinion=GOOD, now=noon)
    by_bruno = await create_review(session, order, author_id=bruno, opinion=FAIR, now=noon)

    assert (by_awa.author_role, by_awa.subject_id, by_awa.rating) == ("buyer", bruno, 5)
    assert (by_bruno.author_role, by_bruno.subject_id, by_bruno.rating) == ("seller", awa, 4)
    assert await rating(session, bruno) == (5, 1)
    assert await rating(session, awa) == (0, 0)
    found = await reviews_of_order(session, order)
    assert [(signed.review.id, signed.author.handle) for signed in found] == [
        (by_bruno.id, "bruno"),
        (by_awa.id, "awa"),
    ]


async def test_once_means_once_and_counts_once(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    order = await place()
    await create_review(session, order, author_id=awa, opinion=GOOD, now=noon)

    with pytest.raises(AlreadyReviewedError):
        await create_review(session, order, author_id=awa, opinion=Opinion(1, "J’ai changé d’avis."), now=noon)

    assert await rating(session, bruno) == (5, 1)


async def test_ratings_of_several_orders_add_up(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    for stars in (5, 4, 3):
        await create_review(session, await place(), author_id=awa, opinion=Opinion(stars, "Bien."), now=noon)

    assert await rating(session, bruno) == (12, 3)


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
async def test_only_a_completed_order_is_reviewed(
    session: AsyncSession, place: Place, awa: UUID, noon: datetime, steps: int
) -> None:
    order = await place(steps=steps)

    with pytest.raises(OrderNotCompletedError):
        await create_review(session, order, author_id=awa, opinion=GOOD, now=noon)


async def test_the_time_to_review_is_the_one_promised_to_the_order(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    order = await place(terms={"review": "P30D"})

    await create_review(session, order, author_id=awa, opinion=GOOD, now=noon + timedelta(days=30, seconds=-1))
    with pytest.raises(ReviewTooLateError) as refusal:
        await create_review(session, order, author_id=bruno, opinion=FAIR, now=noon + timedelta(days=30))
    assert refusal.value.extras["until"] == noon + timedelta(days=30)


async def test_an_order_of_others_is_not_there(
    session: AsyncSession, place: Place, person: Hire, noon: datetime
) -> None:
    order, nadia = await place(), await person("nadia")

    for hidden in (order, new_id()):
        with pytest.raises(NotFoundError):
            await create_review(session, hidden, author_id=nadia, opinion=GOOD, now=noon)


async def test_the_one_who_is_reviewed_replies_once(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    review = await create_review(session, await place(), author_id=awa, opinion=GOOD, now=noon)

    with pytest.raises(ForbiddenError):
        await write_reply(session, review.id, author_id=awa, text="Moi aussi", now=noon)
    replied = await write_reply(session, review.id, author_id=bruno, text="Merci Awa !", now=noon)
    assert (replied.reply, replied.replied_at) == ("Merci Awa !", noon)
    with pytest.raises(AlreadyRepliedError):
        await write_reply(session, review.id, author_id=bruno, text="Encore", now=noon)
    with pytest.raises(ReviewNotFoundError):
        await write_reply(session, new_id(), author_id=bruno, text="Merci", now=noon)


async def test_a_listing_shows_what_buyers_say_newest_first(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    logo = (await create_listing(session, seller_id=bruno, changes=ListingChanges(title="Logo"), now=noon)).id
    orders = [await place(listing_id=logo) for _ in range(3)]
    written: list[UUID] = []
    for order in orders:
        written.append((await create_review(session, order, author_id=awa, opinion=GOOD, now=noon)).id)
        await create_review(session, order, author_id=bruno, opinion=FAIR, now=noon)
    await create_review(session, await place(), author_id=awa, opinion=GOOD, now=noon)

    first = await reviews_of_listing(session, logo, PageRequest(2))
    assert [signed.review.id for signed in first.data] == written[:0:-1]
    assert first.next_cursor is not None
    rest = await reviews_of_listing(session, logo, PageRequest(2, read_cursor(first.next_cursor)))
    assert ([signed.review.id for signed in rest.data], rest.next_cursor) == (written[:1], None)


async def test_the_database_itself_holds_the_bounds(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    session.add(
        Review(
            id=new_id(),
            order_id=await place(),
            listing_id=None,
            author_id=awa,
            author_role="buyer",
            subject_id=bruno,
            rating=6,
            text="Six sur cinq",
            created_at=noon,
        )
    )

    with pytest.raises(IntegrityError, match="ck_reviews_rating"):
        await session.flush()


async def test_a_person_gets_their_reviews_back(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    review = await create_review(session, await place(), author_id=awa, opinion=GOOD, now=noon)

    assert (await sign(session, review)).author.id == awa
    assert [found["written_by_me"] for found in await export_reviews(session, awa)] == [True]
    assert [found["written_by_me"] for found in await export_reviews(session, bruno)] == [False]
