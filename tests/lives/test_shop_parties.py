"""Whoever is a member of the shop that buys is a party: they rule on nothing of it, and act on one side alone."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import update

from orderhub.domain.orders.models import Order
from orderhub.domain.shops.models import ShopRole
from orderhub.kit.ids import parse_id
from tests.lives.hub import Hub
from tests.lives.test_refunds import refused_refund
from tests.lives.test_sourced_proofs import left
from tests.lives.world import Person, World
from tests.making.shops import join_shop, open_shop

APPROVED: Final = timedelta(days=8)


async def bought_for_shop(world: World, order_id: str, staff: Person, *members: Person) -> UUID:
    """Make it an order of a new shop that these are members of, as if it had been placed for the shop."""
    async with world.parts.database.session() as session:
        shop = await open_shop(session, staff.account_id)
        for member in members:
            await join_shop(session, shop, member.account_id, ShopRole.EDITOR, staff=staff.account_id)
        found = Order.id == parse_id("ord", order_id)
        await session.execute(update(Order).where(found).values(shop_id=shop.id))
        return shop.id


async def test_no_member_sends_a_refund_of_the_shops_again(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    refund_id = await refused_refund(world, awa, bruno)
    fatou, farid = await world.person("fatou", "finance"), await world.person("farid", "finance")
    order_id = (await awa.ask("GET", f"/refunds/{refund_id}"))["order_id"]
    await bought_for_shop(world, order_id, chloe, fatou)
    path, body = f"/refunds/{refund_id}/transitions", {"action": "paid_by_hand", "reference": "VIR-0042"}
    assert (await fatou.ask("POST", path, 403, json=body))["code"] == "staff_is_party"
    assert (await farid.ask("POST", path, json=body))["status"] == "succeeded"
    await world.settled()


async def test_no_member_closes_a_case_of_the_shops_order(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    refund_id = await refused_refund(world, awa, bruno)
    order_id = (await awa.ask("GET", f"/refunds/{refund_id}"))["order_id"]
    sami = await world.person("sami", "support")
    await bought_for_shop(world, order_id, chloe, sami)
    (case,) = [row for row in (await sami.ask("GET", "/staff/cases"))["data"] if row["order_id"] == order_id]
    path, body = f"/staff/cases/{case['id']}/close", {"resolution": "Vu avec la banque."}
    assert (await sami.ask("POST", path, 403, json=body))["code"] == "staff_is_party"
    await chloe.ask("POST", path, json=body)


async def test_a_member_reads_what_the_buyer_reads_of_the_money(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    order = await world.started_order(awa, bruno)
    dada = await world.person("dada")
    await bought_for_shop(world, order["id"], chloe, dada)
    await bruno.do(order["id"], "deliver", message="Voici le logo.")
    await world.advance(APPROVED)
    path = f"/orders/{order['id']}/escrow"
    read, hers = await dada.ask("GET", path), await awa.ask("GET", path)
    assert read == hers
    assert {posting["target"] for posting in read["postings"]}.isdisjoint({"commission"})


async def test_a_member_who_sells_acts_as_the_seller_alone(
    world: World, awa: Person, bruno: Person, chloe: Person
) -> None:
    order = await world.started_order(awa, bruno)
    await bought_for_shop(world, order["id"], chloe, bruno)
    assert (await bruno.ask("GET", f"/orders/{order['id']}"))["role"] == "seller"
    assert (await bruno.do(order["id"], "deliver", message="Voici le logo."))["status"] == "delivered"
    await bruno.do(order["id"], "approve", 403)


async def test_no_member_decides_on_what_the_shops_order_left(hub: Hub) -> None:
    order, proof = await left(hub)
    await bought_for_shop(hub.world, order["id"], hub.chloe, hub.farid)
    path = f"/payments/{proof['payment_id']}/transitions"
    body = {"action": "reject", "proof_sha256": proof["sha256"], "reason": "Rien reçu."}
    assert (await hub.farid.ask("POST", path, 403, json=body))["code"] == "staff_is_party"
    gael = await hub.world.person("gael", "finance")
    await gael.ask("POST", path, json=body)
