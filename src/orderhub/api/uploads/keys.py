"""`Idempotency-Key` on uploads, which keep no unit of work open while the file travels.

The key is claimed only when the row is about to be written: a repeated upload is stored once more, finds
the first one here, and what it stored is swept away as an orphan.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from fastapi import status
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.inspection import Inspected
from orderhub.infra.used_keys import UsedKey

_OPERATION: Final = "POST /v1/files"


@dataclass(frozen=True, slots=True)
class UploadKey:
    """The key of one upload by one account."""

    used: UsedKey

    @classmethod
    def of(cls, account_id: UUID, key: str, upload: Inspected) -> "UploadKey":
        """Two uploads are the same request when what is kept of them is the same."""
        sent = (upload.purpose.value, upload.name, (upload.original or upload).sha256.hex())
        return cls(UsedKey(account_id, _OPERATION, key, sha256("\0".join(sent).encode()).digest()))

    async def find_first(self, session: AsyncSession) -> UUID | None:
        """The file of the first upload with this key. Raises KeyInUseError and KeyReusedError."""
        first = await self.used.find_first(session)
        return None if first is None else UUID(bytes=first.body)

    async def keep(self, session: AsyncSession, file_id: UUID) -> None:
        """Remember the file."""
        await self.used.keep(session, status.HTTP_201_CREATED, file_id.bytes, {})
