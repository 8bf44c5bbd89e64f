"""Backup and restore: the database, the files, and the ledger's checksum before and after, in one file.

A backup may be made while OrderHub serves: it is one moment of the database. The file is a tar archive of
``manifest.json``, ``database.dump`` (pg_dump's custom form) and ``files/``.
"""

import asyncio
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from orderhub import __version__
from orderhub.adapters.storage.objects import ObjectStorage, open_storage
from orderhub.commands import database, ledger
from orderhub.commands.configuration import data_folder
from orderhub.commands.postgres_tools import run_tool
from orderhub.commands.terminal import RefusedError, say, step
from orderhub.domain.events.rebase import REBASE
from orderhub.kit.clock import real_now, show_instant
from orderhub.settings import Settings

_FORMAT: Final = 1
_MANIFEST, _DUMP, _FILES = "manifest.json", "database.dump", "files/"


def back_up(settings: Settings, url: str, target: Path) -> None:
    """Write a new file that `restore` makes the same OrderHub of. Raises RefusedError."""
    if target.exists():
        raise RefusedError(f"{target} exists already; choose another name.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.touch(mode=0o600)
        with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
            manifest = asyncio.run(_write(settings, url, unfinished, Path(folder, _DUMP)))
        unfinished.rename(target)
    except OSError as reason:
        raise RefusedError(f"Can't write {target}: {reason.strerror}.") from reason
    finally:
        unfinished.unlink(missing_ok=True)
    say(f"Wrote {target} ({target.stat().st_size:,} bytes).")
    say(f"Ledger: {manifest['ledger']}")


async def _write(settings: Settings, url: str, target: Path, dump: Path) -> dict[str, Any]:
    manifest = await _dump(url, dump)
    with tarfile.open(target, "w") as archive, step("Adding the files"):
        _add(archive, _MANIFEST, io.BytesIO(json.dumps(manifest, indent=2).encode()))
        archive.add(dump, _DUMP)
        await _add_files(archive, _storage(settings))
    return manifest


async def restore(settings: Settings, url: str, source: Path) -> None:
    """Make an empty database and an empty file store those of a backup. Raises RefusedError."""
    storage = _storage(settings)
    await _refuse_full(url, storage)
    try:
        with tarfile.open(source) as archive, tempfile.TemporaryDirectory() as folder:
            manifest = _manifest(archive)
            dump = Path(folder, _DUMP)
            _take_out(archive, dump)
            await _load(url, dump)
            with step("Restoring the files"):
                count = await _put_files(archive, storage)
    except (OSError, tarfile.TarError, KeyError, ValueError) as reason:
        raise RefusedError(f"{source} can't be read as a backup of OrderHub: {reason}.") from reason
    async with _snapshot(url) as connection:
        found = str(await ledger.checksum(connection))
    say(f"Restored the database and {count} files of {manifest['made_at']}.")
    say(f"Ledger in the backup: {manifest['ledger']}")
    say(f"Ledger restored:      {found}")
    if found != manifest["ledger"]:
        raise RefusedError("The restored ledger is not the one of the backup.")


async def _dump(url: str, dump: Path) -> dict[str, Any]:
    """Dump one moment of the database; the manifest, whose checksum is of the same moment."""
    async with _snapshot(url) as connection:
        snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
        with step("Dumping the database"):
            arguments = ("--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
            run_tool("pg_dump", url, arguments, server_major=connection.get_server_version().major)
        return {
            "format": _FORMAT,
            "orderhub": __version__,
            "made_at": show_instant(real_now()),
            "revision": await connection.fetchval("SELECT version_num FROM alembic_version"),
            "ledger": str(await ledger.checksum(connection)),
        }


async def _load(url: str, dump: Path) -> None:
    async with database.connected(url) as connection:
        major = connection.get_server_version().major
    with step("Restoring the database"):
        arguments = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump))
        run_tool("pg_restore", url, arguments, server_major=major)
    async with database.connected(url) as connection, connection.transaction():
        for statement in REBASE:
            await connection.execute(statement)


async def _refuse_full(url: str, storage: ObjectStorage) -> None:
    async with database.connected(url) as connection:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"):
            raise RefusedError("The database is not empty: restore into a new --data-dir or an empty database.")
    async for batch in storage.within(""):
        if batch:
            raise RefusedError("The file store is not empty: restore into a new --data-dir or an empty bucket.")


@asynccontextmanager
async def _snapshot(url: str) -> AsyncGenerator[Any]:
    """A connection that sees one moment of a migrated database."""
    await database.check(url)
    async with (
        database.connected(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


def _storage(settings: Settings) -> ObjectStorage:
    return open_storage(settings.files.url, data_folder(settings) / "files")


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    content = archive.extractfile(_MANIFEST)
    found: dict[str, Any] = json.load(content) if content else {}
    if found.get("format") != _FORMAT:
        message = "it was made by another version of OrderHub"
        raise ValueError(message)
    return found


def _take_out(archive: tarfile.TarFile, dump: Path) -> None:
    """Write the dump's content, and nothing else that the archive says of it. Raises KeyError."""
    content = archive.extractfile(_DUMP)
    if content is None:
        raise KeyError(_DUMP)
    with content, dump.open("wb") as file:
        shutil.copyfileobj(content, file)


async def _add_files(archive: tarfile.TarFile, storage: ObjectStorage) -> None:
    async for batch in storage.within(""):
        for stored in batch:
            with tempfile.SpooledTemporaryFile(max_size=2**20) as content:
                async for piece in await storage.open(stored.key):
                    content.write(piece)
                _add(archive, f"{_FILES}{stored.key}", content)


async def _put_files(archive: tarfile.TarFile, storage: ObjectStorage) -> int:
    members = [member for member in archive if member.isfile() and member.name.startswith(_FILES)]
    for member in members:
        content = cast("BinaryIO", archive.extractfile(member))  # a file has content
        await storage.put(member.name.removeprefix(_FILES), content)
    return len(members)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = content.seek(0, io.SEEK_END), 0o600
    content.seek(0)
    archive.addfile(entry, content)
