"""Objects without a row are swept away; those of files, and those that are just being uploaded, stay."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from orderhub.adapters.storage.objects import ObjectStorage
from orderhub.domain.files.models import File, FilePurpose
from orderhub.domain.files.personal_data import erase_photos
from orderhub.domain.files.service import LOOK_BACK, forget_orphans, new_key
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.making.people import add_person

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
        brief = await keep(session, awa)
        await erase_photos(session, brief.owner_id)

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
