"""A photo is one form everywhere, at an address that stays for as long as it is on show, and nothing else is there."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from orderhub.api.dependencies import Parts
from orderhub.kit.ids import new_id, show_id
from tests.making.listings import LISTING
from tests.making.pictures import opened, saved, scene
from tests.making.uploads import follow, send

LARGE = saved(scene((1200, 800)), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0")
FORM = {"id", "url", "thumbnail_url", "width", "height"}


async def photo_by(person: httpx.AsyncClient, content: bytes = LARGE) -> str:
    """The id of an upload to be shown."""
    return (await send(person, content, purpose="photo")).json()["id"]


async def on_sale(person: httpx.AsyncClient, photo_id: str) -> dict[str, Any]:
    """An active listing with this photo."""
    answer = await person.post("/v1/listings", json=LISTING | {"photo_ids": [photo_id], "state": "active"})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def shown_by(person: httpx.AsyncClient, photo_id: str | None) -> httpx.Response:
    return await person.patch("/v1/me", json={"photo_id": photo_id})


def told(answer: httpx.Response) -> Mapping[str, Any]:
    """A refusal without the id of its request."""
    return {name: value for name, value in answer.json().items() if name not in {"request_id", "instance"}}


async def test_a_photo_on_show_is_anybodys_and_kept(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    photo_id = await photo_by(bruno)
    [photo] = (await on_sale(bruno, photo_id))["photos"]

    assert set(photo) == FORM
    assert (photo["id"], photo["width"], photo["height"]) == (photo_id, 1200, 800)
    assert httpx.URL(photo["url"]).path == f"/v1/photos/{photo_id}"
    got = await follow(client, photo["url"])
    assert (got.status_code, got.headers["content-type"]) == (200, "image/jpeg")
    assert got.headers["cache-control"] == "public, max-age=86400, immutable"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert opened(got.content).size == (1200, 800)
    assert not opened(got.content).getexif()
    assert "set-cookie" not in got.headers


async def test_a_thumbnail_is_the_same_and_small(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    [photo] = (await on_sale(bruno, await photo_by(bruno)))["photos"]

    small = await follow(client, photo["thumbnail_url"])

    assert (small.status_code, small.headers["content-type"]) == (200, "image/jpeg")
    assert opened(small.content).size == (400, 267)
    assert (
        int(small.headers["content-length"]) == len(small.content) < len((await follow(client, photo["url"])).content)
    )
    assert not opened(small.content).getexif()


@pytest.mark.parametrize("place", ["url", "thumbnail_url"])
async def test_who_has_it_gets_a_304(bruno: httpx.AsyncClient, client: httpx.AsyncClient, place: str) -> None:
    [photo] = (await on_sale(bruno, await photo_by(bruno)))["photos"]
    path = httpx.URL(photo[place]).path
    whole = await client.get(path)
    tag = whole.headers["etag"]

    for condition in (tag, f'W/{tag}, "other"', "*"):
        again = await client.get(path, headers={"If-None-Match": condition})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).status_code == 200
    head = await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-length", "cache-control", "content-type"):
        assert head.headers[name] == whole.headers[name]


async def test_the_two_have_tags_of_their_own(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    [photo] = (await on_sale(bruno, await photo_by(bruno)))["photos"]
    tags = {(await follow(client, photo[place])).headers["etag"] for place in ("url", "thumbnail_url")}
    assert len(tags) == 2


@pytest.mark.parametrize("purpose", ["photo", "attachment"])
async def test_what_is_not_on_show_is_as_if_it_were_absent(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, purpose: str
) -> None:
    file_id = (await send(bruno, LARGE, purpose=purpose)).json()["id"]
    absent = show_id("fil", new_id())
    for ending in ("", "/thumbnail"):
        nothing = await client.get(f"/v1/photos/{absent}{ending}")
        assert nothing.status_code == 404
        for person in (bruno, client):  # not even for its owner: the address is everybody's
            answer = await person.get(f"/v1/photos/{file_id}{ending}")
            assert (answer.status_code, told(answer)) == (404, told(nothing))
            assert answer.headers.get("cache-control") != "public, max-age=86400, immutable"


async def test_a_delivered_picture_is_never_a_photo_on_show(
    app: FastAPI, bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    listing = await on_sale(bruno, await photo_by(bruno))
    await bruno.patch(f"/v1/listings/{listing['id']}", json={"accepts_inquiries": True})
    attached = (await send(awa, LARGE)).json()
    asked = {"listing_id": listing["id"], "text": "Bonjour", "attachments": [attached["id"]]}
    assert (await awa.post("/v1/conversations", json=asked)).status_code == 201

    assert (await bruno.get(f"/v1/files/{attached['id']}")).status_code == 200
    assert (await client.get(f"/v1/photos/{attached['id']}")).status_code == 404


async def test_a_draft_shows_its_seller_links_that_expire(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    photo_id = await photo_by(bruno)
    draft = (await bruno.post("/v1/listings", json=LISTING | {"photo_ids": [photo_id]})).json()

    [photo] = draft["photos"]
    assert set(photo) == FORM
    for place in ("url", "thumbnail_url"):
        assert "signature=" in photo[place]
        assert (await follow(client, photo[place])).status_code == 200
        assert (await follow(client, photo[place], signature="0" * 64)).status_code == 403
    small = await follow(client, photo["thumbnail_url"])
    assert max(opened(small.content).size) == 400
    swapped = photo["thumbnail_url"].replace("/thumbnail?", "/content?")
    assert (await follow(client, swapped)).status_code == 403


async def test_a_file_has_a_thumbnail_where_it_is_an_image(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    image, words = (await send(bruno, LARGE)).json(), (await send(bruno, b"Bonjour")).json()

    assert words["thumbnail_url"] is None
    small = await follow(client, image["thumbnail_url"])
    assert opened(small.content).size == (400, 267)
    assert small.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "L")])
async def test_thumbnails_are_of_the_pictures_own_form(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, form: str, mode: str
) -> None:
    image = (await send(bruno, saved(scene((500, 1000)).convert(mode), form), purpose="photo")).json()
    small = opened((await follow(client, image["thumbnail_url"])).content)
    assert (small.format, small.size) == (form, (200, 400))
    assert small.mode == mode


@pytest.mark.parametrize(("size", "small"), [((400, 30), (400, 30)), ((401, 30), (400, 30)), ((1, 4000), (1, 400))])
async def test_what_is_small_already_stays_as_large(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, size: tuple[int, int], small: tuple[int, int]
) -> None:
    image = (await send(bruno, saved(scene(size), "PNG"), purpose="photo")).json()
    assert opened((await follow(client, image["thumbnail_url"])).content).size == small


async def test_a_person_shows_a_photo_everywhere(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    nobody = (await bruno.get("/v1/me")).json()
    assert nobody["photo"] is None
    photo_id = await photo_by(bruno)

    answer = await shown_by(bruno, photo_id)

    assert answer.status_code == 200, answer.text
    photo = answer.json()["photo"]
    assert (set(photo), photo["id"]) == (FORM, photo_id)
    listing = await on_sale(bruno, await photo_by(bruno))
    found = [
        (await bruno.get("/v1/me")).json(),
        (await client.get(f"/v1/accounts/{nobody['id']}")).json(),
        *(await awa.get("/v1/accounts", params={"handle_prefix": "bruno"})).json()["data"],
        listing["seller"],
        *(card["seller"] for card in (await client.get("/v1/listings")).json()["data"]),
    ]
    assert len(found) == 5
    assert [person["photo"] for person in found] == [photo] * 5
    assert (await follow(client, photo["url"])).status_code == 200


async def test_null_removes_it_and_silence_leaves_it(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    photo = (await shown_by(bruno, await photo_by(bruno))).json()["photo"]

    assert (await bruno.patch("/v1/me", json={"display_name": "Bruno K."})).json()["photo"] == photo
    assert (await shown_by(bruno, None)).json()["photo"] is None
    for place in ("url", "thumbnail_url"):
        assert (await follow(client, photo[place])).status_code == 404


async def test_only_an_image_of_ones_own_that_is_meant_for_it_is_a_persons_photo(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient
) -> None:
    photo = (await shown_by(bruno, await photo_by(bruno))).json()["photo"]
    wanted = {
        (await photo_by(awa)): "file_unusable",
        show_id("fil", new_id()): "file_unusable",
        (await send(bruno, LARGE)).json()["id"]: "photo_unusable",
        (await send(bruno, b"Bonjour")).json()["id"]: "photo_unusable",
    }
    for file_id, code in wanted.items():
        answer = await bruno.patch("/v1/me", json={"photo_id": file_id, "display_name": "Un autre"})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["errors"][0]["pointer"] == "/photo_id"
    me = (await bruno.get("/v1/me")).json()
    assert (me["photo"], me["display_name"]) == (photo, "Bruno")


async def test_an_order_keeps_showing_what_was_on_show(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    listing = await on_sale(bruno, await photo_by(bruno))
    face = (await shown_by(awa, await photo_by(awa))).json()["photo"]
    body = {"kind": "service", "listing_id": listing["id"]}
    placed = (await awa.post("/v1/orders", json=body, headers={"Idempotency-Key": "un-logo"})).json()
    assert (placed["photo"], placed["buyer"]["photo"]) == (listing["photos"][0], face)

    await bruno.patch(f"/v1/listings/{listing['id']}", json={"state": "paused"})

    order = (await awa.get(f"/v1/orders/{placed['id']}")).json()
    assert (order["photo"], order["buyer"], order["seller"]) == (placed["photo"], placed["buyer"], placed["seller"])
    [mine] = (await awa.get("/v1/orders")).json()["data"]
    [theirs] = (await bruno.get("/v1/orders")).json()["data"]
    assert mine["photo"] == theirs["photo"] == placed["photo"]
    assert (mine["other_party"]["photo"], theirs["other_party"]["photo"]) == (None, face)
    for place in ("url", "thumbnail_url"):
        assert (await follow(client, order["photo"][place])).status_code == 200
    talk = (await bruno.get(f"/v1/conversations/{order['conversation_id']}")).json()
    assert (talk["buyer"]["photo"], talk["seller"]["photo"]) == (face, None)
    acted = {"action": "cancel"}
    key = {"Idempotency-Key": "plus-de-logo"}
    after = (await awa.post(f"/v1/orders/{order['id']}/transitions", json=acted, headers=key)).json()
    assert (after["photo"], after["buyer"]["photo"]) == (placed["photo"], face)


async def test_a_suspended_seller_s_listings_show_no_photo(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, join: Any
) -> None:
    chloe = await join("chloe", "support")
    listing = await on_sale(bruno, await photo_by(bruno))
    [photo] = listing["photos"]
    place = f"/v1/staff/accounts/{listing['seller']['id']}"

    assert (await chloe.post(f"{place}/suspend", json={"reason": "Photos volées."})).status_code == 200
    assert (await client.get(f"/v1/listings/{listing['id']}")).status_code == 404
    assert [(await follow(client, photo[at])).status_code for at in ("url", "thumbnail_url")] == [404, 404]

    assert (await chloe.post(f"{place}/reinstate")).status_code == 200
    assert (await follow(client, photo["url"])).status_code == 200


async def test_an_erased_person_leaves_neither_photo_nor_thumbnail(
    app: FastAPI, bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    photo = (await shown_by(bruno, await photo_by(bruno))).json()["photo"]
    account = (await bruno.get("/v1/me")).json()["id"]
    exported = (await bruno.get("/v1/me/export")).json()
    assert exported["account"]["photo_id"] == photo["id"]
    [file] = exported["files"]
    assert (file["id"], file["width"], file["height"]) == (photo["id"], 1200, 800)
    assert file["thumbnail_size"] == len((await follow(client, photo["thumbnail_url"])).content)

    assert (await bruno.delete("/v1/me")).status_code == 204

    for place in ("url", "thumbnail_url"):
        assert (await follow(client, photo[place])).status_code == 404
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        columns = "photo_id, photo_width, photo_height"
        row = (await session.execute(text(f"SELECT {columns} FROM accounts WHERE erased_at IS NOT NULL"))).one()
    assert tuple(row) == (None, None, None), account
