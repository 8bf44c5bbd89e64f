"""How fast Bruno ships, as anybody sees it before buying."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from orderhub.domain.overviews.seller_pages import SHIPPED, seller_page
from orderhub.domain.process import By
from orderhub.infra.database import Database
from tests.kinds.item.scene import ItemScene, new_scene


async def time_to_ship(scene: ItemScene) -> timedelta | None:
    async with scene.database.session() as session:
        return (await seller_page(session, scene.callers[By.SELLER].account_id)).time_to_ship


async def sold(database: Database, hours: Sequence[int]) -> ItemScene:
    """So many jackets, each paid and shipped so many hours after."""
    scene = await new_scene(database, items=len(hours))
    for listing_id, each in zip(tuple(scene.listing_ids), hours, strict=True):
        scene.listing_ids = [listing_id]
        await scene.place(f"place {listing_id}")
        await scene.go(("provider confirm_payment", f"time {each}", "seller ship"))
    return scene


def test_a_seller_ships_items_and_nothing_else() -> None:
    assert SHIPPED == [("item", "ship")]


@pytest.mark.parametrize(("hours", "usual"), [((), None), ((5, 7), None), ((30, 1, 5), 5), ((1, 2, 4, 40), 3)])
async def test_the_usual_time_is_the_median_of_three_or_more(
    database: Database, hours: Sequence[int], usual: int | None
) -> None:
    scene = await sold(database, hours)
    found = await time_to_ship(scene)
    assert (found and round(found / timedelta(hours=1))) == usual


async def test_what_the_buyer_sends_back_is_no_parcel_of_the_sellers(database: Database) -> None:
    scene = await sold(database, (2, 4))
    back = ("tracking mark_delivered", "buyer request_return", "seller accept_return", "time 9", "buyer ship_return")
    await scene.go(back)
    assert await time_to_ship(scene) is None
