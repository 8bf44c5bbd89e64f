"""A link opens what whoever it was given to may see: for minutes, while their session lives; photos on show for all."""

from datetime import datetime, timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.files.links import FileLinks, Target
from orderhub.domain.orders.models import OrderFile
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.api.conftest import Join
from tests.making.listings import LISTING
from tests.making.orders import add_order, live
from tests.making.people import new_sign_in
from tests.making.pictures import saved, scene
from tests.making.uploads import follow, send

BRIEF = b"Une boulangerie, plut\xc3\xb4t chaleureuse."
PNG = saved(scene(), "PNG")


async def account_of(client: httpx.AsyncClient) -> UUID:
    return parse_id("acc", (await client.get("/v1/me")).json()["id"]) or new_id()


async def test_a_link_opens_one_file_until_it_expires(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    file, other = (await send(bruno, BRIEF)).json(), (await send(bruno, b"Autre")).json()

    expired = await follow(client, file["url"], expires="1000000000")
    assert (expired.status_code, expired.json()["code"]) == (403, "link_expired")
    assert (await follow(client, file["url"], signature="0" * 64)).status_code == 403
    assert (await follow(client, file["url"], session=show_id("ses", new_id()))).status_code == 403
    moved = file["url"].replace(file["id"], other["id"])
    assert (await follow(client, moved)).status_code == 403
    for cut in (file["url"].partition("?")[0], file["url"].partition("&session")[0]):
        assert (await follow(client, cut)).status_code == 422
    everybodys = file["url"].partition("&session")[0] + "&signature=" + file["url"].rpartition("=")[2]
    assert (await follow(client, everybodys)).status_code == 403


async def test_a_link_works_for_minutes(bruno: httpx.AsyncClient) -> None:
    file = (await send(bruno, PNG)).json()

    left = datetime.fromisoformat(file["url_expires_at"]) - real_now()
    assert timedelta(minutes=3) < left <= timedelta(minutes=5)


async def test_a_link_dies_with_its_session(app: FastAPI, bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    """Another sign-in of his goes on, and so do its links."""
    parts: Parts = app.state.parts
    file = (await send(bruno, PNG)).json()
    async with parts.database.session() as session:
        elsewhere = new_sign_in(await account_of(bruno))
        session.add(elsewhere)
    links: FileLinks = parts.others[FileLinks]
    file_id = parse_id("fil", file["id"]) or new_id()
    theirs = links.sign(Target(file_id, elsewhere.id), real_now()).url
    for url in (file["url"], file["original"]["url"], theirs):
        assert (await follow(client, url)).status_code == 200

    assert (await bruno.post("/v1/auth/logout")).status_code == 204

    for url in (file["url"], file["original"]["url"]):
        answer = await follow(client, url)
        assert (answer.status_code, answer.json()["code"]) == (403, "link_expired")
    assert (await follow(client, theirs)).status_code == 200


async def test_a_link_of_everybodys_opens_nothing_private(
    app: FastAPI, bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    file = (await send(bruno, BRIEF)).json()
    links: FileLinks = app.state.parts.others[FileLinks]

    public = links.sign(Target(parse_id("fil", file["id"]) or new_id()), real_now()).url

    answer = await follow(client, public)
    assert (answer.status_code, answer.json()["code"]) == (404, "file_not_found")


async def test_a_photo_is_everybodys_for_as_long_as_it_is_on_show(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    photo = (await send(bruno, PNG, purpose="photo")).json()
    listing = (await bruno.post("/v1/listings", json=LISTING | {"photo_ids": [photo["id"]]})).json()
    path, [draft] = f"/v1/listings/{listing['id']}", listing["photos"]
    assert "session=" in draft["url"]
    assert (await follow(client, draft["url"])).status_code == 200

    await bruno.patch(path, json={"state": "active"})

    [card] = (await client.get("/v1/listings")).json()["data"]
    [shown], [mine] = (await client.get(path)).json()["photos"], (await bruno.get(path)).json()["photos"]
    alone = (await client.get(f"/v1/files/{photo['id']}")).json()
    assert card["photo"] == shown == mine
    for url in (shown["url"], alone["url"], alone["thumbnail_url"]):
        assert (await follow(client, url)).status_code == 200
    got = await follow(client, alone["url"])
    assert got.headers["cache-control"].startswith("private, max-age=")
    await bruno.post("/v1/auth/logout")
    assert (await follow(client, shown["url"])).status_code == 200


async def test_a_photo_that_is_taken_down_is_seen_by_nobody_else(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    photo = (await send(bruno, PNG, purpose="photo")).json()
    body = LISTING | {"photo_ids": [photo["id"]], "state": "active"}
    listing = (await bruno.post("/v1/listings", json=body)).json()
    [shown] = listing["photos"]
    assert (await follow(client, shown["url"])).status_code == 200

    await bruno.patch(f"/v1/listings/{listing['id']}", json={"state": "paused"})

    assert (await follow(client, shown["url"])).status_code == 404
    [mine] = (await bruno.get(f"/v1/listings/{listing['id']}")).json()["photos"]
    assert (await follow(client, mine["url"])).status_code == 200
    [own] = (await bruno.get("/v1/me/listings")).json()["data"]
    assert own["photo"] == mine


async def deliver(app: FastAPI, file: dict[str, str], buyer: UUID, seller: UUID) -> None:
    """Make a file a delivery of an order between the two."""
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        order = await add_order(session, buyer, seller)
        await live(session, order)
        file_id = parse_id("fil", file["id"])
        session.add(OrderFile(order_id=order.id, file_id=file_id))


async def test_the_other_party_sees_what_is_shown_and_staff_what_came(
    app: FastAPI, bruno: httpx.AsyncClient, awa: httpx.AsyncClient, join: Join, client: httpx.AsyncClient
) -> None:
    fatou = await join("fatou", "support")
    file = (await send(bruno, PNG)).json()
    path = f"/v1/files/{file['id']}"
    await deliver(app, file, await account_of(awa), await account_of(bruno))

    seen, checked = (await awa.get(path)).json(), (await fatou.get(path)).json()

    assert seen["original"] is None
    assert (await follow(client, seen["url"])).status_code == 200
    assert checked["original"]["sha256"] == file["original"]["sha256"]
    assert (await follow(client, checked["original"]["url"])).content == PNG


@pytest.mark.parametrize("end", ["session", "roles"])
async def test_a_link_of_the_staffs_ends_with_what_they_are(
    app: FastAPI, bruno: httpx.AsyncClient, awa: httpx.AsyncClient, join: Join, client: httpx.AsyncClient, end: str
) -> None:
    fatou = await join("fatou", "support")
    file = (await send(bruno, PNG)).json()
    await deliver(app, file, await account_of(awa), await account_of(bruno))
    url = (await fatou.get(f"/v1/files/{file['id']}")).json()["original"]["url"]
    assert (await follow(client, url)).status_code == 200

    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        account = await session.get_one(Account, await account_of(fatou))
        if end == "roles":
            account.roles = []
        else:
            await session.delete(
                await session.get_one(SignInSession, parse_id("ses", httpx.URL(url).params["session"]))
            )

    assert (await follow(client, url)).status_code == (404 if end == "roles" else 403)
