"""Thumbnails of pictures that were uploaded before there were any: a few at a time, until none is missing."""

from io import BytesIO
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.errors import ImageRefusedError
from orderhub.domain.files.inspection import MEMORY, SECONDS
from orderhub.domain.files.models import File, FileKind
from orderhub.domain.files.pictures.rewriting import shrink
from orderhub.domain.files.ports import FileStorage, ObjectMissingError
from orderhub.domain.files.service import Keys, new_key, take_back
from orderhub.infra.database import Database
from orderhub.infra.isolation.errors import IsolationError
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.clock import real_now

BATCH: Final = 100
"""Pictures of one run: some seconds of one processor."""


async def make_missing(database: Database, storage: FileStorage, isolation: Isolation, most: int = BATCH) -> int:
    """Make the thumbnails of the oldest ``most`` pictures that have none; how many had none.

    A picture that can't be read any more stands for its own thumbnail, so that it is tried once. Raises
    StorageUnavailableError and OverloadedError; what was made until then is kept.
    """
    async with database.session() as session:
        found = await _without(session, most)
    for file in found:
        await _make(database, storage, isolation, file)
    return len(found)


async def _without(session: AsyncSession, most: int) -> list[File]:
    missing = select(File).where(
        File.kind == FileKind.IMAGE.value, File.thumbnail_key.is_(None), File.forgotten_at.is_(None)
    )
    return list(await session.scalars(missing.order_by(File.id).limit(most)))


async def _make(database: Database, storage: FileStorage, isolation: Isolation, file: File) -> None:
    small = await _shrunk(storage, isolation, file)
    if small is None:
        await _keep(database, file, file.object_key, file.size)
        return
    key = new_key(real_now())
    await storage.put(key, BytesIO(small))
    if not await _keep(database, file, key, len(small)):
        await take_back(storage, Keys(key))


async def _shrunk(storage: FileStorage, isolation: Isolation, file: File) -> bytes | None:
    """Its thumbnail; None where none can be made."""
    try:
        content = b"".join([piece async for piece in await storage.open(file.object_key)])
        return await isolation.run(shrink, content, file.media_type, seconds=SECONDS, memory_bytes=MEMORY)
    except (ObjectMissingError, ImageRefusedError, IsolationError):
        return None


async def _keep(database: Database, file: File, key: str, size: int) -> bool:
    """Whether it is still wanted: another worker may have been first, or its owner was erased."""
    async with database.session() as session:
        kept = await session.scalar(
            update(File)
            .where(File.id == file.id, File.thumbnail_key.is_(None), File.forgotten_at.is_(None))
            .values(thumbnail_key=key, thumbnail_size=size)
            .returning(File.id)
        )
    return kept is not None
