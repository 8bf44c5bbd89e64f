"""What Awa uploads is counted: tries by the day, bytes for ever; nobody else pays for it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.counting import UploadBounds, count_kept, count_try
from orderhub.domain.files.errors import StorageUsedUpError, UploadsUsedUpError
from orderhub.domain.files.models import UploadCount
from orderhub.infra.database import Database
from tests.making.people import add_person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOUNDS = UploadBounds(day_files=3, day_bytes=1000, kept_bytes=5000)


async def try_all(session: AsyncSession, account_id: UUID, *sizes: int, now: datetime = NOON) -> None:
    for size in sizes:
        await count_try(session, account_id, size, BOUNDS, now)


async def test_a_days_files_are_bounded(session: AsyncSession, awa: UUID, bruno: UUID) -> None:
    await try_all(session, awa, 1, 1, 1)

    with pytest.raises(UploadsUsedUpError) as refusal:
        await try_all(session, awa, 1)

    assert refusal.value.extras == {"retry_after": 43_201, "max_files": 3, "max_bytes": 1000}
    await try_all(session, bruno, 1)


async def test_a_days_bytes_are_bounded(session: AsyncSession, awa: UUID) -> None:
    await try_all(session, awa, 600, 400)

    with pytest.raises(UploadsUsedUpError):
        await try_all(session, awa, 1)


async def test_a_day_begins_anew_at_midnight(session: AsyncSession, awa: UUID) -> None:
    await try_all(session, awa, 300, 300, 400)

    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    for _ in range(2):
        with pytest.raises(UploadsUsedUpError):
            await try_all(session, awa, 1, now=midnight - timedelta(seconds=1))
    await try_all(session, awa, 300, 300, 400, now=midnight)
    with pytest.raises(UploadsUsedUpError):
        await try_all(session, awa, 1, now=midnight)


async def test_what_is_kept_is_bounded_for_ever(session: AsyncSession, awa: UUID) -> None:
    await try_all(session, awa, 1000)
    await count_kept(session, awa, 4500, BOUNDS)

    tomorrow = NOON + timedelta(days=1)
    with pytest.raises(StorageUsedUpError) as refusal:
        await try_all(session, awa, 501, now=tomorrow)
    assert refusal.value.extras == {"max_bytes": 5000}
    await try_all(session, awa, 500, now=tomorrow)
    with pytest.raises(StorageUsedUpError):
        await count_kept(session, awa, 501, BOUNDS)
    await count_kept(session, awa, 500, BOUNDS)


async def test_uploads_at_the_same_moment_are_all_counted(database: Database) -> None:
    async with database.session() as session:
        awa = await add_person(session, "awa")

    async def upload() -> bool:
        try:
            async with database.session() as session:
                await count_try(session, awa, 10, BOUNDS, NOON)
        except UploadsUsedUpError:
            return False
        return True

    assert sorted(await asyncio.gather(*(upload() for _ in range(8)))) == [False] * 5 + [True] * 3
    async with database.session() as session:
        counted = (await session.scalars(select(UploadCount))).one()
    assert (counted.day_files, counted.day_bytes, counted.kept_bytes) == (3, 30, 0)
