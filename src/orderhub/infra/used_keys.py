"""One request's Idempotency-Key within the unit of work of its effect, for cold paths."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.infra.idempotency import (
    ERASED,
    KEPT,
    AlreadyDoneError,
    IdempotencyKey,
    KeyInUseError,
    KeyReusedError,
    claim_text,
    try_claim,
)
from orderhub.kit.clock import real_now


class FirstAnswer(NamedTuple):
    """What the first request with a key was answered."""

    request_hash: bytes
    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UsedKey:
    """The key, whose it is, for which operation, and the hash of what was sent with it."""

    account_id: UUID
    operation: str
    key: str
    request_hash: bytes

    async def find_first(self, session: AsyncSession) -> FirstAnswer | None:
        """The first answer of this key; None when the key is ours now, until the unit of work ends.

        A key whose request has ended is answered without being claimed, so that its repeats don't stand in
        each other's way. Raises KeyInUseError while the first request runs, KeyReusedError for another one,
        AlreadyDoneError where its answer was erased.
        """
        found = await self._replay(session)
        if found is None:
            is_ours = await session.scalar(
                select(try_claim()), {"claim": claim_text(self.account_id, self.operation, self.key)}
            )
            # Whoever had it may have ended in between.
            found = await self._replay(session)
            if found is None and not is_ours:
                raise KeyInUseError
        if found is not None and found.request_hash != self.request_hash:
            raise KeyReusedError
        if found is not None and found.status == ERASED:
            raise AlreadyDoneError
        return found

    async def _replay(self, session: AsyncSession) -> FirstAnswer | None:
        # One statement reads the row and writes to it: a replay commits, too.
        found = await session.execute(
            update(IdempotencyKey)
            .filter_by(**self._row())
            .where(IdempotencyKey.created_at > real_now() - KEPT)
            .values(replays=IdempotencyKey.replays + 1)
            .returning(IdempotencyKey.request_hash, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.headers),
            execution_options={"synchronize_session": False},
        )
        row = found.one_or_none()
        return None if row is None else FirstAnswer(*row)

    async def keep(self, session: AsyncSession, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Store what is about to be answered; in place of a row that is older than keys are kept."""
        values: dict[str, Any] = {
            "request_hash": self.request_hash,
            "status": status,
            "body": body,
            "headers": dict(headers),
            "created_at": real_now(),
            "replays": 0,
        }
        statement = insert(IdempotencyKey).values({**self._row(), **values})
        await session.execute(
            statement.on_conflict_do_update(index_elements=["account_id", "operation", "key"], set_=values)
        )

    def _row(self) -> Mapping[str, Any]:
        return {"account_id": self.account_id, "operation": self.operation, "key": self.key}
