"""Two who buy one item at the same instant, and a reservation that ends meanwhile: one has it, nobody loses money."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orderhub.domain.catalog.models import Listing
from orderhub.domain.orders.errors import ListingReservedError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.process import By
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.engine.racing import at_once, refusals
from tests.engine.scene import sign_in
from tests.kinds.item.scene import ItemScene, new_scene
from tests.making.items import new_item


async def another(scene: ItemScene) -> ItemScene:
    """Somebody else who wants the same."""
    buyer = await sign_in(scene.database, "koffi")
    return replace(scene, callers={**scene.callers, By.BUYER: buyer})


async def listing_of(scene: ItemScene) -> Listing:
    (listing,) = await scene.listings()
    return listing


async def test_of_two_who_buy_one_has_it(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        awa = await new_scene(database)
        koffi = await another(awa)
        found = await at_once(awa.place(), koffi.place())
        assert refusals(found) == ["listing_reserved"]
        (refused,) = (one for one in found if isinstance(one, ListingReservedError))
        listing = await listing_of(awa)
        winner = awa if listing.order_id == awa.order_id else koffi
        assert (listing.state, listing.order_id) == ("reserved", winner.order_id)
        assert listing.reserved_until is not None
        assert refused.extras["reserved_until"].startswith(listing.reserved_until.isoformat()[:19])


async def test_two_bundles_that_overlap_do_not_wait_for_each_other(database: Database, rounds: int) -> None:
    for _ in range(rounds):
        awa = await new_scene(database, items=3)
        koffi = replace(await another(awa), listing_ids=list(reversed(awa.listing_ids)))
        assert refusals(await at_once(awa.place(), koffi.place())) == ["listing_reserved"]
        assert len({listing.order_id for listing in await awa.listings()}) == 1


async def test_a_payment_and_the_end_of_the_reservation(database: Database, rounds: int) -> None:
    """Paid in time, it is sold; told too late, the money goes back whole and the item is on sale again."""
    for _ in range(rounds):
        scene = await new_scene(database)
        await scene.place()
        news, timer = await scene.news("confirm_payment"), await scene.timer("expire")
        await scene.pass_time(timedelta(minutes=16))
        outcome, _ = await at_once(scene.told(news), scene.fire(timer))
        order, listing = await scene.state(), await listing_of(scene)
        if outcome == "confirm_payment":
            assert (order.status, order.held, listing.state) == ("awaiting_shipment", order.total, "sold")
        else:
            assert (outcome, order.status, order.held, listing.state) == ("returned", "cancelled", 0, "active")
        await scene.in_order()


async def test_whoever_comes_after_the_reservation_buys_it(database: Database) -> None:
    awa = await new_scene(database)
    koffi = await another(awa)
    await awa.place()
    with pytest.raises(ListingReservedError):
        await koffi.place("too early")
    await awa.ring("expire")
    await koffi.place("in time")
    assert (await listing_of(awa)).order_id == koffi.order_id


async def test_ones_own_reservation_is_named(database: Database) -> None:
    scene = await new_scene(database)
    await scene.place()
    with pytest.raises(ListingReservedError) as refused:
        await scene.place("again")
    assert refused.value.extras["order_id"].startswith("ord_")


async def test_three_unpaid_orders_a_day_and_not_four(database: Database) -> None:
    scene = await new_scene(database)
    wanted = [new_item(scene.callers[By.SELLER].account_id, now=real_now()) for _ in range(5)]
    async with database.session() as session:
        session.add_all(wanted)
    orders = [replace(scene, listing_ids=[listing.id]) for listing in wanted]
    await orders[0].place("0")
    await orders[0].act(By.BUYER, "cancel")
    found = await at_once(*(order.place(str(n)) for n, order in enumerate(orders[1:], start=1)))
    assert sorted(type(one).__name__ for one in found if isinstance(one, Exception)) == ["LimitReachedError"] * 2
    paid = next(order for order, one in zip(orders[1:], found, strict=True) if not isinstance(one, Exception))
    left = next(order for order, one in zip(orders[1:], found, strict=True) if isinstance(one, LimitReachedError))
    await paid.hear("confirm_payment")
    await left.place("once another is paid")
