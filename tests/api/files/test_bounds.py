"""What one person may upload is bounded, and the refusal says the bound; one person's uploads wait for each other."""

import asyncio
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from orderhub.adapters.storage.objects import ObjectStorage
from orderhub.api.uploads.turns import UploadTurns
from orderhub.domain.files.ports import FileStorage
from orderhub.kit.errors import OverloadedError
from orderhub.kit.ids import new_id
from orderhub.settings import FileSettings, Settings
from tests.making.pictures import saved, scene, with_scans
from tests.making.uploads import send

PNG = saved(scene(), "PNG")
TEXT = b"x" * 10_000


@pytest.fixture
def files() -> dict[str, int]:
    """The bounds; a test changes some."""
    return {}


@pytest.fixture
def settings(settings: Settings, files: dict[str, int]) -> Settings:
    return settings.model_copy(update={"files": settings.files.model_copy(update=files)})


async def objects(app: FastAPI) -> int:
    storage: ObjectStorage = app.state.parts.others[FileStorage]
    return sum([len(batch) async for batch in storage.within("")])


@pytest.mark.parametrize("files", [{"daily_files": 3}])
async def test_a_days_files_are_bounded_with_those_that_were_refused(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient
) -> None:
    for content, status in ((PNG, 201), (PNG[:50], 422), (b"MZ\0", 422)):
        assert (await send(bruno, content)).status_code == status

    answer = await send(bruno, b"Bonjour")

    assert (answer.status_code, answer.json()["code"]) == (429, "uploads_used_up")
    assert answer.json()["max_files"] == 3
    assert 0 < int(answer.headers["retry-after"]) <= 86_401
    assert (await send(awa, b"Bonjour")).status_code == 201


@pytest.mark.parametrize("files", [{"daily_bytes": 25_000}])
async def test_a_days_bytes_are_bounded(bruno: httpx.AsyncClient) -> None:
    assert [(await send(bruno, TEXT)).status_code for _ in range(3)] == [201, 201, 429]
    assert (await send(bruno, b"x" * 5000)).status_code == 201


@pytest.mark.parametrize("files", [{"kept_bytes": 25_000}])
async def test_what_is_kept_is_bounded_and_a_refusal_keeps_nothing(app: FastAPI, bruno: httpx.AsyncClient) -> None:
    assert [(await send(bruno, TEXT)).status_code for _ in range(2)] == [201, 201]
    answer = await send(bruno, TEXT)
    assert (answer.status_code, answer.json()["code"]) == (409, "storage_used_up")
    assert answer.json()["max_bytes"] == 25_000

    grows = saved(scene((900, 900)), "WEBP", quality=1)
    assert len(grows) < 5000
    assert (await send(bruno, grows, purpose="photo")).status_code == 409

    assert await objects(app) == 2


@pytest.mark.parametrize("files", [{"kept_bytes": 300}])
async def test_originals_are_kept_bytes_too(app: FastAPI, bruno: httpx.AsyncClient) -> None:
    """The picture alone would fit."""
    assert len(PNG) < 300 < 2 * len(PNG)

    assert (await send(bruno, PNG)).status_code == 409
    assert await objects(app) == 0
    assert (await send(bruno, PNG, purpose="photo")).status_code == 201


async def test_what_is_refused_or_repeated_leaves_nothing_behind(app: FastAPI, bruno: httpx.AsyncClient) -> None:
    for content in (PNG[:100], with_scans(1000, 1000, 1100), b"MZ\0", b""):
        assert (await send(bruno, content)).status_code == 422
    assert await objects(app) == 0

    for _ in range(3):
        assert (await send(bruno, PNG, **{"Idempotency-Key": "recu-1"})).status_code == 201
    assert (await send(bruno, b"Autre", **{"Idempotency-Key": "recu-1"})).status_code == 422
    assert await objects(app) == 3


async def test_one_persons_uploads_wait_for_each_other_and_for_nobody_else() -> None:
    turns, awa, bruno = UploadTurns(most_waiting=2, wait=30), new_id(), new_id()
    order: list[str] = []
    release = asyncio.Event()

    async def upload(who: UUID, name: str) -> None:
        async with turns.of(who):
            order.append(name)
            await release.wait()

    first = [asyncio.create_task(upload(awa, name)) for name in ("one", "two", "three")]
    other = asyncio.create_task(upload(bruno, "other"))
    await asyncio.sleep(0)
    assert order == ["one", "other"]
    with pytest.raises(OverloadedError):
        await upload(awa, "four")

    release.set()
    await asyncio.gather(*first, other)
    assert order == ["one", "other", "two", "three"]
    await upload(awa, "five")


async def test_a_turn_that_does_not_come_is_given_up() -> None:
    turns, awa = UploadTurns(wait=0.01), new_id()

    async with turns.of(awa):
        with pytest.raises(OverloadedError):
            async with turns.of(awa):
                pass
    async with turns.of(awa):
        pass


async def test_an_upload_that_fails_leaves_its_turn(bruno: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(send(bruno, content) for content in (PNG[:80], PNG, b"MZ\0", PNG)))

    assert sorted(answer.status_code for answer in answers) == [201, 201, 422, 422]
    assert FileSettings().daily_files >= 100
