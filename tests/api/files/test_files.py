"""Bruno uploads over HTTP, what he uploads is shown as it should be, and nobody else sees what is private."""

import struct
import time
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import text

from orderhub.adapters.storage.objects import ObjectStorage, open_storage
from orderhub.api.dependencies import Parts
from orderhub.domain.files.ports import FileStorage, StorageUnavailableError, StoredObject
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label
from orderhub.settings import Settings
from tests.making.pictures import SIZE, heic, opened, png, rows, saved, scene, with_scans
from tests.making.uploads import follow, send

MOST = 200_000
OPEN = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'")
PNG = saved(scene(), "PNG")
BRIEF = b"Une boulangerie, plut\xc3\xb4t chaleureuse."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Small uploads."""
    return settings.model_copy(update={"files": settings.files.model_copy(update={"max_bytes": MOST})})


async def test_what_is_uploaded_is_downloaded(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    answer = await send(bruno, BRIEF, name="Brief été.txt")

    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert (file["kind"], file["media_type"], file["name"], file["size"]) == (
        "text",
        "text/plain",
        "Brief été.txt",
        len(BRIEF),
    )
    got = await follow(client, file["url"])
    assert (got.status_code, got.content) == (200, BRIEF)
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''Brief%20%C3%A9t%C3%A9.txt"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["content-length"] == str(len(BRIEF))
    assert got.headers["cache-control"] == "private, no-store"


async def test_a_private_file_is_its_owners_alone(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    file = (await send(bruno, BRIEF)).json()
    path, absent = f"/v1/files/{file['id']}", f"/v1/files/{show_id('fil', new_id())}"

    assert (await bruno.get(path)).json()["sha256"] == file["sha256"]
    for stranger in (awa, client):
        hidden, missing = await stranger.get(path), await stranger.get(absent)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.json() | {"request_id": ""} == missing.json() | {"request_id": ""}


async def test_a_photo_is_everybodys_while_its_listing_is_active(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    photo = (await send(bruno, PNG, purpose="photo", name="logo.gif")).json()
    assert (photo["name"], photo["width"], photo["height"]) == ("logo.png", *SIZE)
    body = {
        "title": "Logo vectoriel",
        "description": "Trois pistes.",
        "category": "graphic_design",
        "price": {"amount": 12000, "currency": "EUR"},
        "days": 5,
        "photo_ids": [photo["id"]],
    }
    listing = (await bruno.post("/v1/listings", json=body)).json()
    assert (await client.get(f"/v1/files/{photo['id']}")).status_code == 404

    await bruno.patch(f"/v1/listings/{listing['id']}", json={"state": "active"})

    assert (await client.get(f"/v1/files/{photo['id']}")).json()["id"] == photo["id"]
    [card] = (await client.get("/v1/listings")).json()["data"]
    assert card["photo"]["id"] == photo["id"]
    [shown] = (await client.get(f"/v1/listings/{listing['id']}")).json()["photos"]
    with Image.open(BytesIO((await follow(client, shown["url"])).content)) as image:
        assert image.size == SIZE


async def test_somebody_elses_photo_is_no_photo_of_mine(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    photo = (await send(awa, PNG, purpose="photo")).json()

    answer = await bruno.post("/v1/listings", json={"title": "Logo", "photo_ids": [photo["id"]]})

    assert (answer.status_code, answer.json()["code"]) == (422, "file_unusable")
    assert answer.json()["errors"][0]["pointer"] == "/photo_ids/0"


async def test_a_file_whose_bytes_are_gone_is_gone(
    app: FastAPI, bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    file = (await send(bruno, BRIEF)).json()
    parts: Parts = app.state.parts
    storage: ObjectStorage = parts.others[FileStorage]
    await storage.delete([stored.key async for batch in storage.within("") for stored in batch])

    answer = await follow(client, file["url"])

    assert (answer.status_code, answer.json()["code"]) == (404, "file_not_found")


@pytest.mark.parametrize(
    ("content", "purpose", "status", "code"),
    [
        (b"", "attachment", 422, "file_empty"),
        (b"MZ\x90\x00" + bytes(99), "attachment", 422, "file_type_refused"),
        (BRIEF, "photo", 422, "file_type_refused"),
        (PNG[:60], "photo", 422, "image_refused"),
        (BRIEF, "avatar", 422, "invalid"),
        (b"x" * (MOST + 1), "attachment", 413, "file_too_large"),
        (b"x" * (MOST + 100_000), "attachment", 413, "too_large"),
    ],
)
async def test_refusals(bruno: httpx.AsyncClient, content: bytes, purpose: str, status: int, code: str) -> None:
    answer = await send(bruno, content, purpose=purpose)

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_an_endless_upload_is_cut_off(bruno: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        while sent < 50_000_000:
            sent += 10_000
            yield b"x" * 10_000

    answer = await bruno.post(
        "/v1/files", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )

    assert answer.status_code == 413
    assert sent < 2 * MOST


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"data": {"purpose": "photo"}, "files": {"picture": ("a.png", PNG)}}, "/picture"),
        ({"data": {"purpose": "photo"}, "files": {"file": (None, "texte")}}, "/file"),
        ({"data": {}, "files": {"file": ("a.png", PNG)}}, "/purpose"),
        ({"data": {"purpose": "photo"}}, "/file"),
    ],
)
async def test_what_is_no_upload(bruno: httpx.AsyncClient, form: dict[str, Any], pointer: str) -> None:
    answer = await bruno.post("/v1/files", **form)

    assert answer.status_code == 422, answer.text
    assert pointer in [place["pointer"] for place in answer.json()["errors"]]


async def test_a_form_of_many_parts_is_refused(bruno: httpx.AsyncClient) -> None:
    files = [("file", ("a.txt", b"Bonjour")), ("file", ("b.txt", b"Bonsoir"))]

    assert (await bruno.post("/v1/files", files=files, data={"purpose": "attachment"})).status_code == 400


async def test_who_is_not_signed_in_uploads_nothing(client: httpx.AsyncClient, app: FastAPI) -> None:
    assert (await send(client, BRIEF)).status_code == 401
    storage: ObjectStorage = app.state.parts.others[FileStorage]
    assert [batch async for batch in storage.within("")] == []


async def test_a_photo_of_a_telephone_is_shown_as_jpeg(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    photo = (await send(bruno, heic("turned"), purpose="photo", name="IMG_0042.HEIC")).json()

    assert (photo["media_type"], photo["name"], photo["original"]) == ("image/jpeg", "IMG_0042.jpg", None)
    assert (photo["width"], photo["height"]) == SIZE[::-1]
    got = await follow(client, photo["url"])
    assert got.headers["content-type"] == "image/jpeg"
    assert opened(got.content).size == SIZE[::-1]


async def test_sixteen_bits_of_grey_are_kept_and_shown(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    sent = png(5, 1, rows(struct.pack(">5H", 0, 257, 16_448, 32_896, 65_535)), depth=16)

    file = (await send(bruno, sent, name="reçu.png")).json()

    shown = opened((await follow(client, file["url"])).content)
    assert [shown.getpixel((place, 0)) for place in range(5)] == [0, 1, 64, 128, 255]
    original = await follow(client, file["original"]["url"])
    assert (original.content, original.headers["content-type"]) == (sent, "image/png")
    assert original.headers["content-disposition"] == "attachment; filename*=UTF-8''re%C3%A7u.png"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "image/svg+xml"),
        (b'{"dpi": 300}', "specs.json", "application/json"),
        (b"\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n%%EOF\n", "devis.pdf", "application/pdf"),
        (b"BMW serie 3", "voiture.txt", "text/plain"),
    ],
)
async def test_what_is_no_picture_comes_back_as_it_was(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient, content: bytes, name: str, media_type: str
) -> None:
    file = (await send(bruno, content, name=name)).json()

    assert (file["media_type"], file["name"], file["width"], file["original"]) == (media_type, name, None, None)
    got = await follow(client, file["url"])
    assert got.content == content
    assert got.headers["content-type"].partition(";")[0] == media_type
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_picture_that_stands_there_500_times_is_refused_at_once(bruno: httpx.AsyncClient) -> None:
    content, started = with_scans(6300, 6300, 500), time.process_time()
    assert len(content) < MOST

    answer = await send(bruno, content, purpose="photo")

    assert (answer.status_code, answer.json()["code"]) == (422, "image_refused")
    assert answer.json()["max_passes"] == 25
    assert time.process_time() - started < 2


async def test_one_file_for_one_key(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "brief-1"}

    first, again = await send(bruno, BRIEF, **key), await send(bruno, BRIEF, **key)
    other = await send(bruno, b"Autre chose", **key)
    of_awa = await send(awa, BRIEF, **key)

    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert of_awa.json()["id"] != first.json()["id"]


class Watched:
    """A storage that looks, while it works, whether the application keeps a transaction open."""

    def __init__(self, inner: ObjectStorage, database: Database) -> None:
        self.inner, self.database = inner, database
        self.seen: list[int] = []
        self.is_down = False

    async def _look(self) -> None:
        if self.is_down:
            raise StorageUnavailableError(Label("Arrêté.", "Down."), retry_after=5)
        async with self.database.engine.connect() as connection:
            self.seen.append((await connection.scalars(OPEN)).one())

    async def put(self, key: str, content: BinaryIO) -> None:
        await self._look()
        await self.inner.put(key, content)

    async def open(self, key: str) -> AsyncIterator[bytes]:
        await self._look()
        return await self.inner.open(key)

    async def delete(self, keys: Sequence[str]) -> None:
        await self.inner.delete(keys)

    def within(self, prefix: str) -> AsyncIterator[Sequence[StoredObject]]:
        return self.inner.within(prefix)


@pytest.fixture
def watched(app: FastAPI, tmp_path: Path) -> Watched:
    """The application's storage, watched."""
    parts: Parts = app.state.parts
    found = Watched(open_storage("memory:///", tmp_path), parts.database)
    parts.others[FileStorage] = found
    return found


async def test_no_transaction_is_open_while_a_file_travels(
    watched: Watched, bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    file = (await send(bruno, BRIEF, **{"Idempotency-Key": "brief-2"})).json()

    assert (await follow(client, file["url"])).content == BRIEF
    assert watched.seen == [0, 0]


async def test_a_storage_that_is_down_is_said_to_be(watched: Watched, bruno: httpx.AsyncClient) -> None:
    file = (await send(bruno, BRIEF)).json()
    watched.is_down = True

    for answer in (await send(bruno, BRIEF), await follow(bruno, file["url"])):
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
        assert answer.headers["retry-after"] == "5"


async def test_each_part_comes_once(bruno: httpx.AsyncClient) -> None:
    twice = [("file", ("brief.txt", BRIEF)), ("purpose", (None, b"photo")), ("purpose", (None, b"attachment"))]
    answer = await bruno.post("/v1/files", files=twice)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
