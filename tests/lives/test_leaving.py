"""Leaving: an account with open orders or money owed stays; then it goes, and the ledger keeps its id."""

from datetime import timedelta

from tests.lives.world import Person, World


async def test_an_open_order_keeps_the_account(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    problem = await awa.ask("DELETE", "/me", 409)
    assert [matter["id"] for matter in problem["open"]] == [order["id"]]
    exported = await awa.ask("GET", "/me/export")
    assert exported["orders"][0]["id"] == order["id"]
    assert exported["payments"][0]["status"] == "captured"


async def test_money_owed_keeps_the_account(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    await bruno.do(order["id"], "deliver", message="Voici.")
    await awa.do(order["id"], "approve")
    assert (await bruno.ask("DELETE", "/me", 409))["open"][0]["kind"] == "balance"
    await awa.ask("DELETE", "/me", 204)
    seen = await bruno.ask("GET", f"/orders/{order['id']}")
    assert "awa" not in str(seen["buyer"]).lower()
    await world.advance(timedelta(days=1))
    await world.settled()
