"""Pictures that were uploaded before there were thumbnails get theirs, some at a time; each is tried once."""

from collections.abc import AsyncIterator
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import select, update

from orderhub.adapters.storage.objects import ObjectStorage
from orderhub.domain.files.inspection import inspect
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.personal_data import erase_files
from orderhub.domain.files.service import forget_orphans, record, store
from orderhub.domain.files.thumbnails import make_missing
from orderhub.infra.database import Database
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.clock import real_now
from tests.making.people import add_person
from tests.making.pictures import opened, saved, scene

LARGE = saved(scene((1000, 500)), "PNG")


@pytest.fixture
async def isolation() -> AsyncIterator[Isolation]:
    isolation = Isolation()
    yield isolation
    await isolation.aclose()


@pytest.fixture
async def awa(database: Database) -> UUID:
    async with database.session() as session:
        return await add_person(session, "awa")


async def add_old(database: Database, storage: ObjectStorage, owner: UUID, content: bytes = LARGE) -> UUID:
    """An upload as older versions left it."""
    upload = inspect(BytesIO(content), name="photo.png", purpose=FilePurpose.PHOTO)
    keys = await store(storage, upload)
    async with database.session() as session:
        file = record(session, upload, keys=keys, owner_id=owner, now=real_now())
        await session.flush()
        bare = {"thumbnail_key": None, "thumbnail_size": None}
        await session.execute(update(File).where(File.id == file.id).values(bare))
    if keys.thumbnail:
        await storage.delete([keys.thumbnail])
    return file.id


async def read(storage: ObjectStorage, key: str | None) -> bytes:
    assert key is not None
    return b"".join([piece async for piece in await storage.open(key)])


async def files_of(database: Database) -> list[File]:
    async with database.session() as session:
        return list(await session.scalars(select(File).order_by(File.id)))


async def test_they_are_made_some_at_a_time(
    database: Database, storage: ObjectStorage, isolation: Isolation, awa: UUID
) -> None:
    for _ in range(3):
        await add_old(database, storage, awa)

    assert await make_missing(database, storage, isolation, 2) == 2
    assert [file.thumbnail_key is not None for file in await files_of(database)] == [True, True, False]
    assert await make_missing(database, storage, isolation, 2) == 1
    assert await make_missing(database, storage, isolation, 2) == 0

    for file in await files_of(database):
        small = await read(storage, file.thumbnail_key)
        assert (opened(small).size, len(small)) == ((400, 200), file.thumbnail_size)


async def test_what_can_not_be_read_stands_for_its_own_thumbnail(
    database: Database, storage: ObjectStorage, isolation: Isolation, awa: UUID
) -> None:
    await add_old(database, storage, awa)
    await add_old(database, storage, awa)
    broken, gone = await files_of(database)
    await storage.put(broken.object_key, BytesIO(LARGE[:200]))
    await storage.delete([gone.object_key])

    assert await make_missing(database, storage, isolation) == 2
    assert await make_missing(database, storage, isolation) == 0

    for file in await files_of(database):
        assert (file.thumbnail_key, file.thumbnail_size) == (file.object_key, file.size)
        assert len(file.keys) == 1


async def test_of_who_was_erased_none_is_made_and_none_stays(
    database: Database, storage: ObjectStorage, isolation: Isolation, awa: UUID
) -> None:
    await add_old(database, storage, awa)
    await make_missing(database, storage, isolation)
    await add_old(database, storage, awa)
    async with database.session() as session:
        await erase_files(session, awa)

    assert await make_missing(database, storage, isolation) == 0
    assert await forget_orphans(database, storage, real_now()) == 2
    assert [stored.key async for batch in storage.within("") for stored in batch] == []
