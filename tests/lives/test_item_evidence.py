"""While an item's order is disputed its conversation has evidence alone; before and after, words too."""

from typing import Any

from tests.lives.hub import Hub
from tests.lives.test_items import buy, on_sale, paid
from tests.lives.world import Person
from tests.making.pictures import SIZE, saved, scene


async def photo(person: Person) -> str:
    files = {"file": ("tache.png", saved(scene(SIZE), "PNG"), "image/png")}
    return (await person.ask("POST", "/files", 201, files=files, data={"purpose": "attachment"}))["id"]


async def may_write(person: Person, order: Any) -> list[tuple[bool, str | None]]:
    """As the conversation says it, and as the order does."""
    conversation = await person.ask("GET", f"/conversations/{order['conversation_id']}")
    seen = await person.ask("GET", f"/orders/{order['id']}")
    return [(found["can_write"]["allowed"], found["can_write"]["code"]) for found in (conversation, seen)]


async def test_only_evidence_is_written_while_it_is_disputed(hub: Hub, bruno: Person) -> None:
    awa, chloe = hub.awa, hub.chloe
    order = await paid(hub.world, awa, await buy(awa, await on_sale(hub.world, bruno)))
    place, words = f"/conversations/{order['conversation_id']}/messages", {"text": "Bonjour"}
    await awa.ask("POST", place, 201, json=words)
    await bruno.do(order["id"], "ship", carrier="colissimo", tracking_number="6A 1")
    await awa.do(order["id"], "mark_delivered")
    shown: dict[str, Any] = {"reason": "not_as_described", "message": "Une tache.", "photo_ids": [await photo(awa)]}
    await awa.do(order["id"], "request_return", **shown)
    assert await may_write(bruno, order) == [(True, None)] * 2
    await bruno.do(order["id"], "decline_return", reason="Elle était propre.")

    for party in (awa, bruno):
        assert await may_write(party, order) == [(True, "evidence_only")] * 2
        refused = await party.ask("POST", place, 409, json=words)
        assert (refused["code"], refused["reason"]) == ("conversation_read_only", "evidence_only")
        await party.ask("POST", place, 201, json=words | {"attachments": [await photo(party)]})
    assert await may_write(chloe, order) == [(True, None)] * 2
    await chloe.ask("POST", place, 201, json={"text": "Une photo de l’étiquette, s’il vous plaît."})

    await chloe.do(order["id"], "rule_release", decision="La tache n’est pas visible.")
    assert await may_write(awa, order) == [(True, None)] * 2
    await awa.ask("POST", place, 201, json=words)
    count = (await awa.ask("GET", f"/conversations/{order['conversation_id']}"))["message_count"]
    assert count == len(("before", "Awa's", "Bruno's", "Chloé's", "after"))
