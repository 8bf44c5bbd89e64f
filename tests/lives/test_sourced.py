"""A sourced order from the cart to the hand-over, over HTTP."""

from tests.lives.hub import Hub


async def test_from_the_cart_to_the_hand_over(hub: Hub) -> None:
    order = await hub.ready()
    assert order["status"] == "ready"
    assert order["escrow"]["held"] == order["sourcing"]["total"]
    await hub.chloe.do(order["id"], "arrange", instructions="Du lundi au vendredi, 9 h à 18 h.")
    seen = await hub.awa.ask("GET", f"/orders/{order['id']}")
    assert (await hub.chloe.do(order["id"], "hand_over", 409, code="wrong"))["guard"] == "pick_up_code_wrong"
    done = await hub.chloe.do(order["id"], "hand_over", code=seen["sourcing"]["pick_up"]["code"])
    assert done["status"] == "completed"
    assert done["escrow"]["released"] == order["sourcing"]["total"]
    await hub.world.settled()
