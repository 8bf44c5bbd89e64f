"""Objects without a row are swept away; those of files, and those that are just being uploaded, stay."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO

import pytest
from obstore.store import MemoryStore
from sqlalchemy import select

from orderhub.adapters.storage.objects import ObjectStorage
from orderhub.domain.files.inspection import Inspected, inspect
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.personal_data import erase_files
from orderhub.domain.files.ports import StorageUnavailableError
from orderhub.domain.files.service import LOOK_BACK, forget_orphans, new_key, record, store
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label
from tests.making.people import add_person
from tests.making.pictures import saved, scene

Keep = Callable[..., Awaitable[File]]


async def keys(storage: ObjectStorage) -> set[str]:
    return {stored.key async for batch in storage.within("") for stored in batch}


async def test_only_old_objects_without_a_row_are_swept(database: Database, storage: ObjectStorage, keep: Keep) -> None:
    kept, orphan = new_key(real_now()), new_key(real_now())
    for key in (kept, orphan):
        await storage.put(key, BytesIO(b"Bonjour"))
    async with database.session() as session:
        await keep(session, await add_person(session, "awa"), key=kept)

    assert await forget_orphans(database, storage, real_now()) == 0
    assert await keys(storage) == {kept, orphan}

    assert await forget_orphans(database, storage, real_now() + timedelta(hours=2)) == 1
    assert await keys(storage) == {kept}


def a_receipt() -> Inspected:
    return inspect(BytesIO(saved(scene(), "PNG")), name="reçu.png", purpose=FilePurpose.ATTACHMENT)


async def test_originals_stay_and_go_with_their_files(database: Database, storage: ObjectStorage) -> None:
    stored = await store(storage, a_receipt())
    async with database.session() as session:
        awa = await add_person(session, "awa")
        file = record(session, a_receipt(), keys=stored, owner_id=awa, now=real_now())
    later = real_now() + timedelta(hours=2)
    assert await forget_orphans(database, storage, later) == 0
    assert await keys(storage) == set(stored.every)
    assert len(stored.every) == 3

    async with database.session() as session:
        (await session.get_one(File, file.id)).forgotten_at = later

    assert await forget_orphans(database, storage, later) == 1
    assert await keys(storage) == set()


class Failing(ObjectStorage):
    """A storage that takes one object, and no more."""

    async def put(self, key: str, content: BinaryIO) -> None:
        if await keys(self):
            raise StorageUnavailableError(Label("Plein.", "Full."), retry_after=5)
        await super().put(key, content)


async def test_an_upload_that_is_stored_by_half_is_taken_back() -> None:
    storage = Failing(MemoryStore())

    with pytest.raises(StorageUnavailableError):
        await store(storage, a_receipt())

    assert await keys(storage) == set()


async def test_an_upload_that_is_called_off_is_taken_back() -> None:
    written = asyncio.Event()

    class Slow(ObjectStorage):
        async def put(self, key: str, content: BinaryIO) -> None:
            await super().put(key, content)
            written.set()
            await asyncio.sleep(60)

    slow = Slow(MemoryStore())
    task = asyncio.create_task(store(slow, a_receipt()))
    await written.wait()
    assert await keys(slow)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await keys(slow) == set()


async def test_a_sweep_looks_at_the_last_days_only(database: Database, storage: ObjectStorage) -> None:
    now = real_now()
    recent, ancient = new_key(now - LOOK_BACK), new_key(now - LOOK_BACK - timedelta(days=2))
    for key in (recent, ancient):
        await storage.put(key, BytesIO(b"Bonjour"))

    assert await forget_orphans(database, storage, now + timedelta(hours=2)) >= 0
    assert ancient in await keys(storage)


async def test_files_of_an_erased_person_are_deleted_whatever_their_age(
    database: Database, storage: ObjectStorage, keep: Keep
) -> None:
    key = new_key(real_now() - timedelta(days=400))
    await storage.put(key, BytesIO(b"Bonjour"))
    async with database.session() as session:
        awa = await add_person(session, "awa")
        await keep(session, awa, key=key, purpose=FilePurpose.PHOTO)
        brief = await keep(session, await add_person(session, "bruno"))
        await erase_files(session, awa)

    assert await forget_orphans(database, storage, real_now()) == 1

    assert await keys(storage) == set()
    async with database.session() as session:
        assert list(await session.scalars(select(File.id))) == [brief.id]


def test_keys_begin_with_the_day_and_cannot_be_guessed() -> None:
    now = real_now()
    first, second = new_key(now), new_key(now)

    assert first.startswith(f"{now:%Y-%m-%d}/")
    assert first != second
    assert len(first) >= 40
