"""A rating that counted what sellers said of a buyer is counted again, as it is counted now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.reviews.service import Opinion, create_review
from tests.domain.reviews.conftest import Place
from tests.infra.test_backfills import script


async def test_ratings_are_of_buyers_again(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, noon: datetime
) -> None:
    there, back = await place(), await place(buyer_id=bruno, seller_id=awa)
    for order_id, author_id, stars in ((there, awa, 5), (there, bruno, 4), (back, bruno, 2)):
        await create_review(session, order_id, author_id=author_id, opinion=Opinion(stars, "Bien."), now=noon)
    rating = select(Account.handle, Account.rating_sum, Account.rating_count)
    counted = rating.where(Account.id.in_((awa, bruno))).order_by(Account.handle)
    now = (await session.execute(counted)).all()
    assert now == [("awa", 2, 1), ("bruno", 5, 1)]

    await session.execute(update(Account).where(Account.id == awa).values(rating_sum=6, rating_count=2))
    await session.execute(text(script("ratings_of_buyers").COUNT.format(counts="author_role = 'buyer'")))
    assert (await session.execute(counted)).all() == now
