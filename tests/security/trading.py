"""What the town has of orders of items: a jacket of Bruno's that Awa has received."""

from collections.abc import Mapping
from typing import Any

from orderhub.kit.ids import show_id
from tests.lives.world import Person, World
from tests.making.items import add_item


async def trade(world: World, people: Mapping[str, Person], address: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """She has paid for it, and may still send it back."""
    awa, bruno = people["buyer"], people["seller"]
    async with world.parts.database.session() as session:
        jacket = await add_item(session, bruno.account_id)
    body = {"kind": "item", "listing_ids": [show_id("lst", jacket.id)], "address": address}
    order = await awa.ask("POST", "/orders", 201, json=body)
    await world.pay(awa, order["id"])
    await world.until(awa, order["id"], "awaiting_shipment")
    await bruno.do(order["id"], "ship", carrier="colissimo", tracking_number="6A 1234")
    await awa.do(order["id"], "mark_delivered")
    return {"item_order": {"order_id": order["id"]}}
