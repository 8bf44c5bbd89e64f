"""A freshly seeded OrderHub of one's own, on a free port and an empty data folder."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx
from sqlalchemy import URL, make_url

from orderhub.commands import database
from orderhub.commands.configuration import load_settings
from orderhub.infra.business_clock import BusinessClock
from orderhub.kit.clock import real_now

READY_WITHIN: Final = 90.0
PROVIDER_FILE: Final = "sandbox-provider.json"
_TOLD: Final = 4000
_PLAIN: Final[Mapping[str, str]] = {"ORDERHUB_LIMITS_ENABLED": "false"}


@dataclass(frozen=True, slots=True)
class Hub:
    """One that answers."""

    url: str
    data: Path
    database_url: str

    @property
    def provider_url(self) -> str:
        """Where its sandbox provider answers."""
        return f"http://127.0.0.1:{json.loads((self.data / PROVIDER_FILE).read_text())['port']}"


class Seeded:
    """A database for sample data, and copies of it: each of them can be served, one at a time."""

    def __init__(self, data: Path, database_url: str) -> None:
        self._data, self._database_url = data, database_url

    def copy(self, name: str) -> str:
        """The URL of a copy of the database, which nobody may be using."""
        return asyncio.run(_copy(self._database_url, name))

    @contextmanager
    def served(self, database_url: str | None = None, settings: Mapping[str, str] = _PLAIN) -> Generator[Hub]:
        """Serve the database, or a copy of it, with further settings."""
        named = {} if database_url is None else {"ORDERHUB_DATABASE_URL": database_url}
        with _serving(self._data, {**settings, **named}) as base:
            yield Hub(base, self._data, database_url or self._database_url)


@contextmanager
def seeded(at: datetime | None = None) -> Generator[Seeded]:
    """Tables for the sample data, which the first hub to be served writes; with ``at``, it is that business time."""
    with tempfile.TemporaryDirectory(prefix="orderhub-docs-") as folder:
        Path(folder).chmod(0o755)  # as root, the database runs as another user
        data = Path(folder) / "hub"
        settings = load_settings(data_dir=data)
        with database.provided(settings) as url:
            asyncio.run(database.migrate(settings, url))
            if at is not None:
                asyncio.run(_set_clock(url, at))
            yield Seeded(data, url)


@contextmanager
def served(at: datetime | None = None) -> Generator[Hub]:
    """Serve one until the end; with ``at``, its business time is that when the sample data is written."""
    with seeded(at) as found, found.served() as hub:
        yield hub


async def _set_clock(url: str, at: datetime) -> None:
    async with database.connected(url) as connection:
        table = BusinessClock.__tablename__
        await connection.execute(f"UPDATE {table} SET ahead = $1", at - real_now())


async def _copy(url: str, name: str) -> str:
    address = make_url(url)
    async with database.connected(_shown(address.set(database="postgres"))) as connection:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{address.database}"')
    return _shown(address.set(database=name))


def _shown(address: URL) -> str:
    return address.render_as_string(hide_password=False)


@contextmanager
def _serving(data: Path, settings: Mapping[str, str]) -> Generator[str]:
    command = [sys.executable, "-c", "from orderhub.cli import main; main()"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ORDERHUB_")}
    log = (data.parent / "log").open("wb")
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "serve", "--port", "0", "--data-dir", str(data)],
        env={**clean, **_PLAIN, **settings},
        cwd=data.parent,
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        yield _wait_ready(process, data)
    finally:
        process.terminate()
        process.wait(60)
        log.close()


def _wait_ready(process: subprocess.Popen[bytes], data: Path) -> str:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        url = _announced(data)
        if url is not None and _is_ready(url):
            return url
        time.sleep(0.1)
    said = (data.parent / "log").read_text(errors="replace")[-_TOLD:]
    message = f"the server did not become ready:\n{said}"
    raise SystemExit(message)


def _announced(data: Path) -> str | None:
    try:
        return json.loads((data / "serve.json").read_text()).get("url")
    except (OSError, ValueError):
        return None


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", trust_env=False).is_success
    except httpx.TransportError:
        return False
