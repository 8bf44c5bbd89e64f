"""Keeping an upload: look into it, write its objects, then its row; and forgetting what got no row.

The three steps of an upload are separate, since looking into it takes time and storing it goes over the
network, neither of which may happen inside a transaction::

    upload = await inspect_apart(…)
    keys = await store(storage, upload)
    record(session, upload, keys=keys, …)
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from anyio import CancelScope
from sqlalchemy import delete, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.inspection import Inspected
from orderhub.domain.files.models import File
from orderhub.domain.files.ports import FileStorage, StorageUnavailableError
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id

GRACE: Final = timedelta(hours=1)
"""An object this young may belong to an upload whose row is about to be written."""
LOOK_BACK: Final = timedelta(days=7)
"""How many days of uploads a sweep looks at: it runs daily, and its cost must not grow with all files."""

_BATCH: Final = 200


def new_key(now: datetime) -> str:
    """Where to write an object at real time ``now``: the day's folder, and a name nobody can guess."""
    return f"{now:%Y-%m-%d}/{token_urlsafe(24)}"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where an upload was stored."""

    shown: str
    original: str | None = None
    thumbnail: str | None = None

    @property
    def every(self) -> list[str]:
        """Of all its objects."""
        return [key for key in (self.shown, self.original, self.thumbnail) if key is not None]


async def store(storage: FileStorage, upload: Inspected) -> Keys:
    """Write the objects of an upload, all or none. Raises StorageUnavailableError."""
    now = real_now()
    keys = Keys(
        new_key(now),
        new_key(now) if upload.original else None,
        new_key(now) if upload.thumbnail else None,
    )
    try:
        await storage.put(keys.shown, upload.content)
        if upload.original and keys.original:
            await storage.put(keys.original, upload.original.content)
        if upload.thumbnail and keys.thumbnail:
            await storage.put(keys.thumbnail, BytesIO(upload.thumbnail))
    except BaseException:
        await take_back(storage, keys)
        raise
    return keys


async def take_back(storage: FileStorage, keys: Keys) -> None:
    """Delete objects that will have no row, whatever ends the request; the sweep finds what stays behind."""
    with CancelScope(shield=True), suppress(StorageUnavailableError):
        await storage.delete(keys.every)


def record(session: AsyncSession, upload: Inspected, *, keys: Keys, owner_id: UUID, now: datetime) -> File:
    """The row of an upload whose objects have been written under ``keys``."""
    original = upload.original
    file = File(
        id=new_id(),
        owner_id=owner_id,
        purpose=upload.purpose.value,
        kind=upload.kind.value,
        media_type=upload.media_type,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        width=upload.width,
        height=upload.height,
        object_key=keys.shown,
        original_key=keys.original,
        original_media_type=original.media_type if original else None,
        original_size=original.size if original else None,
        original_sha256=original.sha256 if original else None,
        thumbnail_key=keys.thumbnail,
        thumbnail_size=len(upload.thumbnail) if upload.thumbnail and keys.thumbnail else None,
        created_at=now,
    )
    session.add(file)
    return file


async def forget_orphans(database: Database, storage: FileStorage, now: datetime) -> int:
    """Delete the objects that no row names, and the files of erased people; how many there were.

    ``now`` is real time. Orphans are left by uploads that were cut off; only the folders of the last
    days are listed.
    """
    forgotten = await _forget_marked(database, storage)
    for back in range(LOOK_BACK.days + 1):
        async for batch in storage.within(f"{now - timedelta(days=back):%Y-%m-%d}"):
            old = [stored.key for stored in batch if now - stored.written_at > GRACE]
            orphans = await _without_row(database, old)
            await storage.delete(orphans)
            forgotten += len(orphans)
    return forgotten


async def _without_row(database: Database, keys: list[str]) -> list[str]:
    async with database.session() as session:
        named = (select(key).where(key.in_(keys)) for key in (File.object_key, File.original_key, File.thumbnail_key))
        known = set(await session.scalars(union_all(*named)))
    return [key for key in keys if key not in known]


async def _forget_marked(database: Database, storage: FileStorage) -> int:
    """The object goes before its row: cut off in between, the next sweep finds the row again."""
    forgotten = 0
    while True:
        async with database.session() as session:
            marked = select(File).where(File.forgotten_at.is_not(None)).order_by(File.id)
            files = (await session.scalars(marked.limit(_BATCH))).all()
        if not files:
            return forgotten
        await storage.delete([key for file in files for key in file.keys])
        async with database.session() as session:
            await session.execute(delete(File).where(File.id.in_([file.id for file in files])))
        forgotten += len(files)
