"""Zoé buys an item of Bruno's and sends it back, and sells some of hers to Awa, who sends them back."""

from typing import Any, Final

from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.kinds.item.commands import ADDRESS
from tests.kinds.item.played import said_of
from tests.lives.world import Person
from tests.making.items import new_item
from tests.making.pictures import SIZE, saved, scene
from tests.privacy.story import Story

HOME: Final = said_of(ADDRESS)
PARCEL: Final[dict[str, Any]] = {"carrier": "colissimo", "tracking_number": "6A 1234"}


async def trade(story: Story) -> None:
    """Everything that is said of items is said."""
    await buy(story)
    await sell(story)


async def buy(story: Story) -> None:
    """Zoé changes her address, and sends it back with photos and words."""
    zoe, bruno = story.zoe, story.bruno
    story.paid.add("bruno")
    order = await _paid(story, zoe, bruno)
    await zoe.do(order["id"], "change_address", address=HOME)
    await bruno.do(order["id"], "ship", **PARCEL)
    await zoe.do(order["id"], "mark_delivered")
    await zoe.do(order["id"], "request_return", reason="damaged", message="?", photo_ids=[await _photo(story, zoe)])
    await bruno.do(order["id"], "accept_return", address=HOME)
    await zoe.do(order["id"], "ship_return", **PARCEL)
    await bruno.do(order["id"], "receive_return")
    await story.world.worker.drain()
    await story.look(bruno, order)


async def sell(story: Story) -> None:
    """Awa sends two back: Zoé contests one, and declines the other."""
    zoe, awa, chloe = story.zoe, story.awa, story.chloe
    story.paid.add("awa")
    for contested in (True, False):
        order = await _paid(story, awa, zoe)
        await zoe.do(order["id"], "ship", **PARCEL)
        await awa.do(order["id"], "mark_delivered")
        said: dict[str, Any] = {"reason": "damaged", "photo_ids": [await _photo(story, awa)]}
        await awa.do(order["id"], "request_return", **said)
        if contested:
            await zoe.do(order["id"], "accept_return", address=HOME)
            await awa.do(order["id"], "ship_return", **PARCEL)
            await zoe.do(order["id"], "contest_return", reason="?", photo_ids=[await _photo(story, zoe)])
        else:
            await zoe.do(order["id"], "decline_return", reason="?")
        await chloe.do(order["id"], "rule_refund", decision="Remboursée.")
        await story.world.worker.drain()
        await story.look(awa, order)


async def _paid(story: Story, buyer: Person, seller: Person) -> Any:
    listing = new_item(seller.account_id, now=real_now())
    async with story.world.parts.database.session() as session:
        session.add(listing)
    body = {"kind": "item", "listing_ids": [show_id("lst", listing.id)], "address": HOME}
    order = await buyer.ask("POST", "/orders", 201, json=body)
    await story.world.pay(buyer, order["id"])
    return await story.world.until(buyer, order["id"], "awaiting_shipment")


async def _photo(story: Story, person: Person) -> str:
    name = "photo"
    if person is story.zoe:
        name = story.marks.wording(story.marks.add("POST /v1/files", "evidence", "/file/name"), 200)
    sent = {"file": (f"{name}.png", saved(scene(SIZE), "PNG"), "image/png")}
    found = await Person.ask(person, "POST", "/files", 201, files=sent, data={"purpose": "attachment"})
    return found["id"]
