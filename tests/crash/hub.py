"""A deployment in separate processes on loopback: a durable PostgreSQL, APIs, workers, the payment provider."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from orderhub.bootstrap import build_parts, opened, worker_context
from orderhub.infra import embedded_postgres
from orderhub.infra.database import Database
from orderhub.infra.embedded_postgres import EmbeddedPostgres
from orderhub.infra.migrations import upgrade
from orderhub.jobs.worker import Worker
from orderhub.settings import Settings
from tests.cli.running import environment
from tests.crash.front_door import front_door
from tests.crash.processes import Process, lasting_port, orderhub
from tests.lives.world import World

_KEY = "key-of-the-crash-tests"
_POOL = "5"
"""Connections of each pool: with what killed processes leave behind, all fit into PostgreSQL's hundred."""


@dataclass(slots=True)
class Hub:
    """What runs, and a `World` that looks at the same database and provider from outside of the processes."""

    folder: Path
    postgres: EmbeddedPostgres
    provider: Process
    world: World
    urls: list[str]
    """Where the APIs answer; the provider finds them through the front door."""
    settings: Mapping[str, str]
    apis: list[Process] = field(default_factory=list[Process])
    workers: list[Process] = field(default_factory=list[Process])
    _restarting: asyncio.Task[None] | None = None

    @property
    def database(self) -> Database:
        return self.world.parts.database

    async def add_api(self, **settings: str) -> Process:
        """Start an API that always comes back at the same port."""
        port = lasting_port()
        self.urls.append(f"http://127.0.0.1:{port}")
        return await self._start(self.apis, f"api-{len(self.apis)}", ("api", "--port", str(port)), settings)

    async def add_worker(self) -> Process:
        """Start a worker."""
        return await self._start(self.workers, f"worker-{len(self.workers)}", ("worker",), {})

    async def _start(
        self, among: list[Process], name: str, arguments: tuple[str, ...], settings: Mapping[str, str]
    ) -> Process:
        given = environment({**self.settings, **settings})
        command = orderhub(*arguments, "--data-dir", str(self.folder / "data"))
        process = Process(name, command, given, self.folder)
        among.append(process)
        process.start()
        await process.until_said()
        return process

    async def kill_postgres(self) -> None:
        """SIGKILL its main process, and start it again: recovery brings back what was acknowledged."""
        os.kill(self.postgres.pid, signal.SIGKILL)
        while self.postgres.is_running():  # noqa: ASYNC110 - the kernel tells nobody else
            await asyncio.sleep(0.005)
        self.postgres.stop()
        self._restarting = asyncio.create_task(self._restart_postgres())
        await asyncio.shield(self._restarting)

    async def _restart_postgres(self) -> None:
        self.postgres = await asyncio.to_thread(embedded_postgres.start, self.postgres.data_dir)
        await self.database.engine.dispose()  # the test's own connections are of the dead one

    async def end(self) -> None:
        """Stop every process, by its id."""
        for process in (*self.apis, *self.workers, self.provider):
            process.end()
        if self._restarting is not None:
            await self._restarting
        self.postgres.stop()


@asynccontextmanager
async def running_hub(folder: Path) -> AsyncGenerator[Hub]:
    """An empty, migrated hub with its provider. The test adds APIs and workers."""
    urls: list[str] = []
    async with front_door(urls) as door:
        postgres = await asyncio.to_thread(embedded_postgres.start, folder / "postgres")
        parts = build_parts(_settings(folder, postgres))
        world = World(parts, Worker(worker_context(parts)), door, "", _KEY)
        hub = Hub(folder, postgres, _provider(folder, door, parts.settings), world, urls, {})
        try:
            await upgrade(postgres.url())
            hub.provider.start()
            world.provider_url = await hub.provider.until_said("http://")
            hub.settings = _environment(hub)
            async with opened(parts):
                yield hub
                for client in world.clients:
                    await client.aclose()
        finally:
            await hub.end()


def _provider(folder: Path, url: str, settings: Settings) -> Process:
    secret = settings.payments.webhook_secret.get_secret_value()
    command = [sys.executable, "-m", "orderhub.adapters.payments.sandbox_server", "--settle-seconds", "0.02"]
    command += ["--api-key", _KEY, "--secret", secret, "--notify-url", f"{url}/v1/hooks/payments/sandbox"]
    return Process("provider", command, environment({}), folder)


def _settings(folder: Path, postgres: EmbeddedPostgres) -> Settings:
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    database = plain.database.model_copy(update={"url": SecretStr(postgres.url())})
    server = plain.server.model_copy(update={"data_dir": folder / "data"})
    return plain.model_copy(update={"database": database, "server": server})


def _environment(hub: Hub) -> dict[str, str]:
    """What the processes are told; everything else is as development has it."""
    return {
        "database_url": hub.postgres.url(),
        "database_pool": _POOL,
        "payments_url": hub.world.provider_url,
        "payments_api_key": _KEY,
        "limits_enabled": "false",
        "telemetry_log_level": "warning",
    }
