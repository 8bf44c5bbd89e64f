"""Objects through obstore: a local folder, memory, S3, Google or Azure, chosen by URL."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from orderhub.domain.files.ports import ObjectMissingError, StorageUnavailableError, StoredObject
from orderhub.kit.text import Label

_PIECE = 64 * 1024
"""Bytes of a download that are in memory at once, for a reader who takes them slowly."""


def open_storage(url: str | None, folder: Path) -> "ObjectStorage":
    """The storage behind a URL such as ``s3://bucket/prefix``; without one, a local folder.

    Credentials of S3, Google and Azure come from their own environment variables.
    """
    if url is not None:
        return ObjectStorage(from_url(url, mkdir=True) if url.startswith("file:") else from_url(url))
    return ObjectStorage(LocalStore(folder, mkdir=True))


class ObjectStorage:
    """A `FileStorage` on one obstore store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, content: BinaryIO) -> None:
        """Write an object, whole or not at all."""
        try:
            await obstore.put_async(self._store, key, content)
        except (BaseError, OSError) as error:
            raise _unavailable() from error

    async def open(self, key: str) -> AsyncIterator[bytes]:
        """The bytes of an object, in pieces. Raises ObjectMissingError before the first piece."""
        try:
            found = await obstore.get_async(self._store, key)
        except FileNotFoundError as error:
            raise ObjectMissingError(key) from error
        except (BaseError, OSError) as error:
            raise _unavailable() from error
        return _pieces(found)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those already gone are no error."""
        for key in keys:
            try:
                await obstore.delete_async(self._store, key)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise _unavailable() from error

    async def within(self, prefix: str) -> AsyncIterator[Sequence[StoredObject]]:
        """The objects whose keys begin with a folder's name, in batches."""
        try:
            async for batch in obstore.list(self._store, prefix):  # pyright: ignore[reportUnknownMemberType]
                yield [StoredObject(meta["path"], meta["last_modified"]) for meta in batch]
        except (BaseError, OSError) as error:
            raise _unavailable() from error


async def _pieces(found: "obstore.GetResult") -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=_PIECE):
        yield bytes(piece)


def _unavailable() -> StorageUnavailableError:
    return StorageUnavailableError(
        Label(
            "Le stockage des fichiers ne répond pas. Réessayez dans un instant.",
            "The file storage does not answer. Try again in a moment.",
        ),
        retry_after=5,
    )
