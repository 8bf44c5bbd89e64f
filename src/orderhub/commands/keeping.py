"""Keeps the embedded database up for as long as a server runs, and starts it again when it was killed."""

import asyncio
from pathlib import Path
from typing import Final

from orderhub.commands.terminal import complain
from orderhub.infra.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, start

_LOOK_EVERY: Final = 1.0
_AFTER_FAILURE: Final = 5.0


async def start_embedded(folder: Path) -> EmbeddedPostgres:
    """Start the database of a folder, or attach to it. Cancelled meanwhile, it is stopped again."""
    starting = asyncio.ensure_future(asyncio.to_thread(start, folder))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        (await starting).stop()
        raise


class DatabaseKeeper:
    """Watches one embedded database; whoever made it calls `stop` at the very end."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server

    async def watch(self) -> None:
        """Start the database again whenever it is gone: its owner left, or somebody killed it."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if self._server.is_running():
                continue
            complain("The database is gone; starting it again.")
            try:
                self._server.stop()
                self._server = await start_embedded(self._server.data_dir)
            except EmbeddedPostgresError as reason:
                complain(str(reason))
                await asyncio.sleep(_AFTER_FAILURE)

    def stop(self) -> None:
        """Stop the database, if this process is its owner."""
        self._server.stop()
