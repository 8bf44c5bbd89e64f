"""Chargebacks: before the end the order is disputed; after it the hub pays, and recovers it later."""

import asyncio

from tests.lives.world import Person, World


async def _taken_back(world: World, payment_id: str) -> str:
    answer = await world.control("/v1/chargebacks", payment=payment_id)
    return str(answer["id"])


async def _completed(world: World, awa: Person, bruno: Person) -> str:
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    payment = await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_acceptance")
    await bruno.do(order["id"], "accept")
    await bruno.do(order["id"], "deliver", message="Voici.")
    await awa.do(order["id"], "approve")
    await world.settled()
    return str(payment["id"])


async def _available(bruno: Person) -> int:
    balance = (await bruno.ask("GET", "/me/balance"))["data"][0]
    return balance["clearing"]["amount"] + balance["available"]["amount"]


async def test_after_the_end_it_is_recovered_from_later_releases(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    payment_id = await _completed(world, awa, bruno)
    assert await _available(bruno) == 10_800
    await _taken_back(world, payment_id)
    for _ in range(100):
        await asyncio.sleep(0.02)
        if (await chloe.ask("GET", "/staff/cases"))["data"]:
            break
    await world.settled()
    assert await _available(bruno) == 10_800, "nothing is recovered before a later release"
    await _completed(world, awa, bruno)
    assert await _available(bruno) == 2 * 10_800 - 12_000
    page = await awa.ask("GET", f"/accounts/{(await bruno.ask('GET', '/me'))['id']}")
    assert page["completed_orders"] == 2
