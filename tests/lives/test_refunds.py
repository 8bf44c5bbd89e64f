"""A refund that the provider refuses: finance send it again, or pay it by hand."""

import asyncio

from tests.lives.world import REFUND_FAILS, Person, World


async def refused_refund(world: World, awa: Person, bruno: Person) -> str:
    """A refund of an order of Awa's that the provider refused."""
    listing_id, _ = await world.listing(bruno)
    order = await world.place(awa, listing_id)
    await world.pay(awa, order["id"], REFUND_FAILS)
    await world.until(awa, order["id"], "awaiting_acceptance")
    await awa.do(order["id"], "cancel")
    return await _until(world, awa, order["id"], "failed")


async def _until(world: World, awa: Person, order_id: str, status: str) -> str:
    refunds: list[dict[str, str]] = []
    for _ in range(100):
        await world.worker.drain()
        refunds = (await awa.ask("GET", f"/orders/{order_id}/escrow"))["refunds"]
        if refunds[0]["status"] == status:
            return refunds[0]["id"]
        await asyncio.sleep(0.02)
    raise AssertionError(refunds)


async def test_paid_by_hand(world: World, awa: Person, bruno: Person) -> None:
    refund_id = await refused_refund(world, awa, bruno)
    fatou = await world.person("fatou", "finance")
    path = f"/refunds/{refund_id}/transitions"
    await awa.ask("POST", path, 403, json={"action": "retry"})
    await (await world.person("zoe")).ask("POST", path, 404, json={"action": "retry"})
    body = {"action": "paid_by_hand", "reference": "VIR-0042"}
    assert (await fatou.ask("POST", path, json=body))["status"] == "succeeded"
    await fatou.ask("POST", path, 409, json=body)
    await world.settled()


async def test_sent_again(world: World, awa: Person, bruno: Person) -> None:
    refund_id = await refused_refund(world, awa, bruno)
    fatou = await world.person("fatou", "finance")
    assert (await fatou.ask("POST", f"/refunds/{refund_id}/transitions", json={"action": "retry"}))[
        "status"
    ] == "pending"
    refund = await awa.ask("GET", f"/refunds/{refund_id}")
    assert await _until(world, awa, refund["order_id"], "failed") == refund_id
    await world.settled()
    assert len((await fatou.ask("GET", "/staff/refunds"))["data"]) == 1
