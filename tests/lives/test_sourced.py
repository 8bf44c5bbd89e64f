"""A sourced order from the cart to the hand-over, over HTTP."""

from orderhub.domain.files.models import File
from orderhub.kit.ids import parse_id
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


async def test_awa_and_support_write_to_each_other(hub: Hub) -> None:
    order = await hub.ordered()
    path = f"/conversations/{order['conversation_id']}/messages"
    said = await hub.awa.ask("POST", path, 201, json={"text": "Vous pouvez m’appeler au 06 12 34 56 78."})
    assert "06 12 34 56 78" in said["text"]
    await hub.chloe.ask("POST", path, 201, json={"text": "Nous vous rappelons demain."})
    found = await hub.awa.ask("GET", path)
    assert [message["text"] for message in found["data"]] == [
        "Nous vous rappelons demain.",
        "Vous pouvez m’appeler au 06 12 34 56 78.",
    ]
    await hub.farid.ask("GET", f"/conversations/{order['conversation_id']}", 404)
    await hub.world.settled()


async def test_awa_exports_and_leaves(hub: Hub) -> None:
    order = await hub.ready()
    seen = await hub.awa.ask("GET", f"/orders/{order['id']}")
    await hub.chloe.do(order["id"], "hand_over", code=seen["sourcing"]["pick_up"]["code"])
    held = await hub.awa.ask("GET", "/me/export")
    assert [proof["reference"] for proof in held["proofs"]] == ["VIR 1", "VIR 2"]
    (mine,) = held["orders"]
    assert mine["address"]["name"] == "Awa Diop"
    assert len(mine["lines"]) == 2
    await hub.awa.ask("DELETE", "/me", 204)
    left = await hub.chloe.ask("GET", f"/orders/{order['id']}")
    assert left["sourcing"]["address"] is None
    await hub.world.settled()


async def test_a_proof_keeps_the_hash_of_its_file(hub: Hub) -> None:
    order = await hub.proven(await hub.ordered())
    proof = order["sourcing"]["proof"]
    (kept,) = (await hub.farid.ask("GET", f"/payments/{proof['payment_id']}/proofs"))["data"]
    assert kept["sha256"] == proof["sha256"]
    async with hub.world.parts.database.session() as session:
        file = await session.get_one(File, parse_id("fil", proof["file_id"]))
    assert file.sha256.hex() == kept["sha256"]
