"""What was delivered: in the order, in its conversation and in its history, for each reader."""

from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import text

from orderhub.kit.ids import parse_id
from tests.lives.hub import Hub
from tests.lives.world import Person, World


async def uploaded(person: Person, name: str) -> str:
    sent = {"file": (name, b"Le logo.", "text/plain")}
    return (await person.ask("POST", "/files", 201, files=sent, data={"purpose": "attachment"}))["id"]


async def deliveries(person: Person, order_id: str) -> list[dict[str, Any]]:
    return (await person.ask("GET", f"/orders/{order_id}"))["deliveries"]


def listed(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, each file without its links."""
    links = {"url", "thumbnail_url", "url_expires_at"}
    return [
        {**each, "files": [{name: file[name] for name in file.keys() - links} for file in each["files"]]}
        for each in shown
    ]


def path(url: str) -> str:
    """The same below the server that runs: a link is made for the public address."""
    return "/v1/" + url.partition("/v1/")[2]


async def messages(person: Person, order: dict[str, Any]) -> list[dict[str, Any]]:
    """The oldest first."""
    found = await person.ask("GET", f"/conversations/{order['conversation_id']}/messages?limit=100")
    return found["data"][::-1]


async def revise(awa: Person, bruno: Person, order_id: str) -> None:
    await awa.do(order_id, "request_revision", message="Plus grand.")
    await bruno.do(order_id, "accept_revision")


async def test_deliveries_stand_in_the_order_the_oldest_first(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    assert order["deliveries"] == []
    file = await uploaded(bruno, "logo.txt")
    done = await bruno.do(order["id"], "deliver", files=[file])
    shown = {"id": file, "name": "logo.txt", "media_type": "text/plain", "size": 8}
    first = {"number": 1, "at": done["delivered_at"], "message": None, "files": [shown]}
    assert listed(done["deliveries"]) == listed(await deliveries(awa, order["id"])) == [first]
    await revise(awa, bruno, order["id"])
    done = await bruno.do(order["id"], "deliver", message="En grand.", files=[file])
    second = {"number": 2, "at": done["delivered_at"], "message": "En grand.", "files": [shown]}
    assert listed(done["deliveries"]) == listed(await deliveries(awa, order["id"])) == [first, second]


async def test_links_lead_each_reader_to_the_files(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(drawn, "PNG")
    sent = {"file": ("logo.png", drawn.getvalue(), "image/png")}
    picture = (await bruno.ask("POST", "/files", 201, files=sent, data={"purpose": "attachment"}))["id"]
    letter = await uploaded(bruno, "logo.txt")
    await bruno.do(order["id"], "deliver", files=[picture, letter])
    urls: list[str] = []
    for person in (awa, bruno):
        [delivery] = await deliveries(person, order["id"])
        [message] = await messages(person, order)
        for files in (delivery["files"], message["attachments"]):
            assert [file["thumbnail_url"] is None for file in files] == [False, True]
            assert (await person.client.get(path(files[1]["url"]))).content == b"Le logo."
            small = await person.client.get(path(files[0]["thumbnail_url"]))
            assert Image.open(BytesIO(small.content)).size == (400, 267)
            urls += [file["url"] for file in files]
    assert len({url.partition("session=")[2][:20] for url in urls}) == 2


async def test_a_delivery_is_a_message_of_the_conversation(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    path = f"/conversations/{order['conversation_id']}"
    await bruno.ask("POST", f"{path}/messages", 201, json={"text": "Presque fini."})
    file = await uploaded(bruno, "logo.txt")
    body = {"action": "deliver", "message": "Voici.", "files": [file]}
    await bruno.ask("POST", f"/orders/{order['id']}/transitions?dry_run=true", json=body)
    assert len(await messages(awa, order)) == 1
    done = await bruno.ask("POST", f"/orders/{order['id']}/transitions", json=body)
    written, delivered = await messages(awa, order)
    assert (written["action"], written["number"], delivered["number"]) == (None, 1, 2)
    assert (delivered["action"], delivered["text"], delivered["author_role"]) == ("deliver", "Voici.", "seller")
    assert [each["id"] for each in delivered["attachments"]] == [file]
    assert (delivered["sent_at"], delivered["mine"]) == (done["delivered_at"], False)
    hers, his = await awa.ask("GET", path), await bruno.ask("GET", path)
    assert (hers["unread"], his["unread"], hers["message_count"]) == (2, 0, 2)
    (listed,) = (await awa.ask("GET", "/conversations"))["data"]
    assert listed["last_message"]["excerpt"] == "Voici."
    await awa.ask("POST", f"{path}/messages", 201, json={"text": "Merci !"})
    assert [each["number"] for each in await messages(awa, order)] == [1, 2, 3]


async def test_contact_details_are_masked_for_the_buyer(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    said = "Le reste sur wise.com/pay/me/bruno, merci."
    file = await uploaded(bruno, "wise.com pay me bruno wise.com.txt")
    await bruno.do(order["id"], "deliver", message=said, files=[file])
    for person, is_whole in ((awa, False), (bruno, True)):
        (delivery,) = await deliveries(person, order["id"])
        (message,) = await messages(person, order)
        history = (await person.ask("GET", f"/orders/{order['id']}/transitions"))["data"]
        for shown in (delivery["message"], message["text"], history[0]["said"]["message"]):
            assert (shown == said) == is_whole
            assert ("wise.com/pay" in shown) == is_whole
        (shown,) = message["attachments"]
        assert delivery["files"][0]["name"] == shown["name"]
    assert (await messages(awa, order))[0]["masked"]


async def test_an_order_shows_its_ten_newest(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    async with world.parts.database.session() as session:
        unlimited = text("UPDATE orders SET details = details - 'revisions_included' WHERE id = :id")
        await session.execute(unlimited, {"id": parse_id("ord", order["id"])})
    for turn in range(1, 12):
        if turn > 1:
            await revise(awa, bruno, order["id"])
        await bruno.do(order["id"], "deliver", message=f"Version {turn}")
        shown = [each["number"] for each in await deliveries(awa, order["id"])]
        assert shown == list(range(max(1, turn - 9), turn + 1))
    assert [each["text"] for each in await messages(awa, order)] == [f"Version {turn}" for turn in range(1, 12)]


async def test_other_kinds_have_none(hub: Hub) -> None:
    assert (await hub.ordered())["deliveries"] == []


async def test_a_seller_exports_what_they_delivered(world: World, awa: Person, bruno: Person) -> None:
    order = await world.started_order(awa, bruno)
    file = await uploaded(bruno, "logo de Bruno.txt")
    await bruno.do(order["id"], "deliver", message="Voici, Bruno.", files=[file])
    await awa.do(order["id"], "approve")
    (mine,) = (await bruno.ask("GET", "/me/export"))["orders"]
    assert (mine["deliveries"][0]["message"], mine["deliveries"][0]["files"]) == (
        "Voici, Bruno.",
        ["logo de Bruno.txt"],
    )
