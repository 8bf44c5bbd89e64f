"""Zoé asks in public: Bruno answers and mentions her, and she takes one of her comments off."""

from orderhub.kit.ids import show_id
from tests.lives.world import Person, World
from tests.making.items import add_item


async def ask_in_public(world: World, zoe: Person, *, awa: Person, bruno: Person) -> None:
    """Under Bruno's jacket, and under her own."""
    async with world.parts.database.session() as session:
        theirs = await add_item(session, bruno.account_id)
        hers = await add_item(session, zoe.account_id)
    path, own = (f"/listings/{show_id('lst', item.id)}/comments" for item in (theirs, hers))
    handle = (await zoe.ask("GET", "/me"))["handle"]
    asked = await zoe.ask("POST", path, 201, json={"text": "?"})
    answer = {"text": f"Oui, @{handle}.", "parent_id": asked["id"]}
    await bruno.ask("POST", path, 201, json=answer)
    gone = await zoe.ask("POST", path, 201, json={"text": "?", "parent_id": asked["id"]})
    question = await awa.ask("POST", own, 201, json={"text": "Bonjour ?"})
    await zoe.ask("POST", own, 201, json={"text": "!", "parent_id": question["id"]})
    await world.worker.drain()
    for reader in (awa, bruno):
        for read in (path, own, "/me/notifications", "/events?limit=100"):
            await reader.ask("GET", read)
    await zoe.ask("DELETE", f"{path}/{gone['id']}", 204)
