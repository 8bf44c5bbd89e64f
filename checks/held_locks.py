"""Locks that are held in a hub's database while requests wait for them."""

import asyncio
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

from orderhub.commands import database

_WITHIN: Final = 10.0
_PAUSE: Final = 0.02
_WAITING: Final = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
_CANCEL: Final = "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE NOT granted"


class Lock:
    """One that is held until it is released."""

    def __init__(self, runner: asyncio.Runner, connection: Any) -> None:
        self._runner, self._connection = runner, connection
        self._held = True

    def wait_for(self, requests: int, is_over: Callable[[], bool]) -> None:
        """Until so many wait for it, or it is over without. Raises SystemExit where neither comes."""
        until = time.monotonic() + _WITHIN
        while not is_over() and self._runner.run(self._connection.fetchval(_WAITING)) < requests:
            if time.monotonic() > until:
                message = f"{requests} requests did not come to wait within {_WITHIN:.0f} s"
                raise SystemExit(message)
            time.sleep(_PAUSE)

    def cancel_others(self) -> None:
        """Cancel what waits for it."""
        self._runner.run(self._connection.execute(_CANCEL))

    def release(self) -> None:
        """Let the others go on."""
        if self._held:
            self._held = False
            self._runner.run(self._connection.execute("ROLLBACK"))


@contextmanager
def holding(database_url: str, statement: str) -> Generator[Lock]:
    """Hold what a statement locks; released at the end."""
    with asyncio.Runner() as runner:
        connecting = database.connected(database_url)
        connection = runner.run(connecting.__aenter__())
        try:
            runner.run(connection.execute("BEGIN"))
            runner.run(connection.execute(statement))
            yield Lock(runner, connection)
        finally:
            runner.run(connecting.__aexit__(None, None, None))


def execute(database_url: str, statement: str) -> None:
    """Run one statement, for good."""

    async def run() -> None:
        async with database.connected(database_url) as connection:
            await connection.execute(statement)

    asyncio.run(run())
