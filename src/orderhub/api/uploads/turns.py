"""Whose upload is looked into when: one of an account at a time, so that nobody takes every place."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from orderhub.kit.errors import OverloadedError
from orderhub.kit.text import Label

MOST_WAITING: Final = 20
WAIT: Final = 20.0
"""Seconds. Twenty photos of a telephone that are sent together take ten."""


class UploadTurns:
    """The turns of every account, in this process."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, wait: float = WAIT) -> None:
        self._most, self._wait = 1 + most_waiting, wait
        self._queues: dict[UUID, _Queue] = {}

    @asynccontextmanager
    async def of(self, account_id: UUID) -> AsyncGenerator[None]:
        """A turn of the account. Raises OverloadedError when too many wait for one, or it doesn't come in time."""
        queue = self._queues.setdefault(account_id, _Queue())
        if queue.length >= self._most:
            raise _overloaded()
        queue.length += 1
        try:
            await self._acquire(queue.turn)
            try:
                yield
            finally:
                queue.turn.release()
        finally:
            queue.length -= 1
            if not queue.length:
                del self._queues[account_id]

    async def _acquire(self, turn: asyncio.Semaphore) -> None:
        try:
            async with asyncio.timeout(self._wait):
                await turn.acquire()
        except TimeoutError:
            raise _overloaded() from None


class _Queue:
    """One account's turn, and how many have it or wait for it."""

    def __init__(self) -> None:
        self.turn = asyncio.Semaphore(1)
        self.length = 0


def _overloaded() -> OverloadedError:
    return OverloadedError(
        Label(
            "Vos autres envois sont encore examinés. Réessayez dans un instant.",
            "Your other uploads are still being looked into. Try again in a moment.",
        ),
        retry_after=5,
    )
