"""One storage behind several URLs: a folder that is given, one that is named, and memory."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

import pytest

from orderhub.adapters.storage.objects import ObjectStorage, open_storage
from orderhub.domain.files.ports import FileStorage, ObjectMissingError, StorageUnavailableError
from orderhub.kit.clock import real_now

KEY = "2026-11-23/logo"


def in_memory(_folder: Path) -> ObjectStorage:
    return open_storage("memory:///", _folder)


def in_folder(folder: Path) -> ObjectStorage:
    return open_storage(None, folder / "files")


def in_named_folder(folder: Path) -> ObjectStorage:
    return open_storage((folder / "elsewhere").as_uri(), folder)


@pytest.fixture(params=[in_memory, in_folder, in_named_folder])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> FileStorage:
    build: Callable[[Path], ObjectStorage] = request.param
    return build(tmp_path)


async def read(storage: FileStorage, key: str) -> bytes:
    return b"".join([piece async for piece in await storage.open(key)])


async def test_what_is_put_is_read(storage: FileStorage) -> None:
    large = bytes(range(256)) * 20_000
    await storage.put(KEY, BytesIO(b"Bonjour"))
    await storage.put(f"{KEY}-2", BytesIO(large))

    assert await read(storage, KEY) == b"Bonjour"
    assert await read(storage, f"{KEY}-2") == large


async def test_a_spooled_upload_is_put(storage: FileStorage) -> None:
    with SpooledTemporaryFile(max_size=10) as spooled:
        spooled.write(b"plus de dix octets")
        spooled.seek(0)
        await storage.put(KEY, cast("BinaryIO", spooled))

    assert await read(storage, KEY) == b"plus de dix octets"


async def test_a_missing_object_is_missing_before_the_first_piece(storage: FileStorage) -> None:
    with pytest.raises(ObjectMissingError):
        await storage.open(KEY)


async def test_deleting_is_done_once_and_harmless_twice(storage: FileStorage) -> None:
    await storage.put(KEY, BytesIO(b"Bonjour"))

    await storage.delete([KEY, "2026-11-23/never"])
    await storage.delete([KEY])

    with pytest.raises(ObjectMissingError):
        await storage.open(KEY)


async def test_a_folder_lists_what_is_in_it(storage: FileStorage) -> None:
    start = real_now()
    for number in range(120):
        await storage.put(f"2026-11-23/{number}", BytesIO(b"Bonjour"))
    await storage.put("2026-11-22/yesterday", BytesIO(b"Bonjour"))

    found = [stored async for batch in storage.within("2026-11-23") for stored in batch]

    assert {stored.key for stored in found} == {f"2026-11-23/{number}" for number in range(120)}
    assert all(abs((stored.written_at - start).total_seconds()) < 60 for stored in found)
    assert [batch async for batch in storage.within("2026-01-01")] == []


async def test_a_folder_outlives_the_process(tmp_path: Path) -> None:
    await in_folder(tmp_path).put(KEY, BytesIO(b"Bonjour"))

    assert await read(in_folder(tmp_path), KEY) == b"Bonjour"


async def test_a_key_cannot_leave_its_folder(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"secret")

    with pytest.raises(ValueError, match="illegal"):
        await in_folder(tmp_path).open("../outside")


async def test_a_storage_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    storage = in_folder(tmp_path)
    (tmp_path / "files" / "2026-11-23").write_bytes(b"a file where a folder must be")

    with pytest.raises(StorageUnavailableError):
        await storage.put(KEY, BytesIO(b"Bonjour"))
