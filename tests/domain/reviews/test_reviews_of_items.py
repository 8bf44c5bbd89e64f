"""Orders of items are reviewed once the buyer keeps what came, and not when it went back."""

from collections.abc import Sequence

import pytest

from orderhub.domain.orders.allowances import NEVER_COMPLETED, NOT_COMPLETED
from orderhub.domain.process import By
from orderhub.domain.reviews.errors import OrderNotCompletedError
from orderhub.domain.reviews.queries import reviews_of_listing
from orderhub.domain.reviews.service import Opinion, create_review
from orderhub.infra.database import Database
from orderhub.kit.pages import PageRequest
from orderhub.kit.text import Label
from tests.kinds.item.scene import ItemScene, new_scene
from tests.kinds.item.ways import DELIVERED, PAID, SENT_BACK

GOOD = Opinion(5, "Une veste superbe, envoyée le jour même.")


async def led(database: Database, steps: Sequence[str]) -> ItemScene:
    scene = await new_scene(database)
    await scene.place()
    await scene.go(steps)
    return scene


async def test_both_review_each_other_and_the_listing_shows_what_the_buyer_says(database: Database) -> None:
    scene = await led(database, (*DELIVERED, "buyer approve"))
    now = await scene.now()
    async with database.session() as session:
        for by in (By.BUYER, By.SELLER):
            author_id = scene.callers[by].account_id
            await create_review(session, scene.order_id, author_id=author_id, opinion=GOOD, now=now)
        (shown,) = (await reviews_of_listing(session, scene.listing_ids[0], PageRequest(20))).data
    assert (shown.review.author_id, shown.review.text) == (scene.callers[By.BUYER].account_id, GOOD.text)


@pytest.mark.parametrize(
    ("steps", "said"),
    [(PAID, NOT_COMPLETED), (DELIVERED, NOT_COMPLETED), ((*SENT_BACK, "seller receive_return"), NEVER_COMPLETED)],
)
async def test_what_the_buyer_does_not_keep_is_not_reviewed(
    database: Database, steps: Sequence[str], said: Label
) -> None:
    scene = await led(database, steps)
    now = await scene.now()
    async with database.session() as session:
        for by in (By.BUYER, By.SELLER):
            with pytest.raises(OrderNotCompletedError) as refused:
                await create_review(
                    session, scene.order_id, author_id=scene.callers[by].account_id, opinion=GOOD, now=now
                )
            assert refused.value.detail == said
