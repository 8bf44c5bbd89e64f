"""The storage of files as the domain sees it; ``adapters/storage`` has the real ones.

Every call goes over the network or to a disk: none may be made inside a database transaction.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, ClassVar, Protocol

from orderhub.kit.errors import OverloadedError
from orderhub.kit.text import Label


class StorageUnavailableError(OverloadedError):
    """The storage can't be reached or refuses to work; trying again later may help."""

    code: ClassVar[str] = "storage_unavailable"
    title: ClassVar[Label] = Label("Stockage momentanément indisponible", "Storage temporarily unavailable")


class ObjectMissingError(LookupError):
    """There is no object under this key."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object by its key, and when it was written (real time)."""

    key: str
    written_at: datetime


class FileStorage(Protocol):
    """Objects by key. Every method raises StorageUnavailableError when the storage fails."""

    async def put(self, key: str, content: BinaryIO) -> None:
        """Write an object, whole or not at all."""
        ...

    async def open(self, key: str) -> AsyncIterator[bytes]:
        """The bytes of an object, in pieces. Raises ObjectMissingError before the first piece."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those already gone are no error."""
        ...

    def within(self, prefix: str) -> AsyncIterator[Sequence[StoredObject]]:
        """The objects whose keys begin with a folder's name, in batches."""
        ...
