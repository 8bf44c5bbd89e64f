"""`Idempotency-Key` on uploads, which keep no unit of work open while the file travels.

The key is claimed only when the row is about to be written: a repeated upload is stored once more, finds
the first one here, and what it stored is swept away as an orphan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from fastapi import status
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.inspection import Inspected
from orderhub.infra.idempotency import KEPT, IdempotencyKey, KeyInUseError, KeyReusedError, claim_text, try_claim
from orderhub.kit.clock import real_now

_OPERATION: Final = "POST /v1/files"


@dataclass(frozen=True, slots=True)
class UploadKey:
    """The key of one upload by one account."""

    account_id: UUID
    key: str
    request_hash: bytes

    @classmethod
    def of(cls, account_id: UUID, key: str, upload: Inspected) -> "UploadKey":
        """Two uploads are the same request when what is kept of them is the same."""
        sent = (upload.purpose.value, upload.name, (upload.original or upload).sha256.hex())
        return cls(account_id, key, sha256("\0".join(sent).encode()).digest())

    async def find_first(self, session: AsyncSession) -> UUID | None:
        """The file of the first upload with this key. Raises KeyInUseError and KeyReusedError."""
        claim = claim_text(self.account_id, _OPERATION, self.key)
        if not await session.scalar(select(try_claim()), {"claim": claim}):
            raise KeyInUseError
        # One statement reads the row and writes to it: a replay commits, too.
        found = await session.execute(
            update(IdempotencyKey)
            .filter_by(**self._row())
            .where(IdempotencyKey.created_at > real_now() - KEPT)
            .values(replays=IdempotencyKey.replays + 1)
            .returning(IdempotencyKey.request_hash, IdempotencyKey.body)
        )
        first = found.one_or_none()
        if first is None:
            return None
        if first.request_hash != self.request_hash:
            raise KeyReusedError
        return UUID(bytes=first.body)

    async def keep(self, session: AsyncSession, file_id: UUID) -> None:
        """Remember the file; in place of a row that is older than keys are kept."""
        values: dict[str, Any] = {
            "request_hash": self.request_hash,
            "status": status.HTTP_201_CREATED,
            "body": file_id.bytes,
            "headers": {},
            "created_at": real_now(),
            "replays": 0,
        }
        statement = insert(IdempotencyKey).values({**self._row(), **values})
        await session.execute(
            statement.on_conflict_do_update(index_elements=["account_id", "operation", "key"], set_=values)
        )

    def _row(self) -> Mapping[str, Any]:
        return {"account_id": self.account_id, "operation": _OPERATION, "key": self.key}
