"""What every test may ask for: a PostgreSQL, a database of its own, the application and a client.

One cluster serves a whole run. `session` is rolled back; `database` is a clone of the migrated
template for tests that commit. ``ORDERHUB_TEST_DATABASE_URL`` names another server's database; its
user must be allowed to create databases.
"""

import asyncio
import fcntl
import gc
import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, rmtree
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import SecretStr
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.bootstrap import build_application
from orderhub.infra import embedded_postgres
from orderhub.infra.database import Database
from orderhub.infra.development_secrets import with_development_secrets
from orderhub.infra.migrations import upgrade
from orderhub.settings import DatabaseSettings, Settings
from tests.making.clients import client_of

_MEMORY = Path("/dev/shm")  # noqa: S108 - a name of the run's own in it
_ROOM = 4 * 1024**3
_numbers = itertools.count(1)
_connect: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


class Cluster:
    """The run's PostgreSQL: creates, clones and drops databases."""

    def __init__(self, url: str, prefix: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+asyncpg")
        self._prefix = prefix
        self.template = f"{prefix}_template"

    def url(self, name: str) -> str:
        return self._address(name).render_as_string(hide_password=False)

    def new_name(self) -> str:
        return f"{self._prefix}_{os.getpid()}_{next(_numbers)}"

    async def clone(self) -> str:
        """Copy the template; the answer is the new database's name."""
        name = self.new_name()
        await self.run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        return name

    async def drop(self, name: str) -> None:
        await self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def has(self, name: str) -> bool:
        return bool(await self._ask("SELECT count(*) FROM pg_database WHERE datname = $1", name))

    async def run(self, sql: str) -> None:
        await self._ask(sql)

    async def _ask(self, sql: str, *values: Any) -> Any:
        address = self._url if self._url.database else self._address("postgres")
        dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await _connect(dsn)
        try:
            return await (connection.fetchval(sql, *values) if values else connection.execute(sql))
        finally:
            await connection.close()

    def _address(self, name: str) -> URL:
        return self._url.set(database=name)


@contextmanager
def _locked(path: Path, kind: int) -> Generator[None]:
    with path.open("w") as file:
        fcntl.flock(file, kind)
        yield


@contextmanager
def _server(folder: Path) -> Generator[str]:
    """The URL of a server that all workers of this run share: the first starts it, the last stops it."""
    given = os.environ.get("ORDERHUB_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with (folder / "in-use").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        data = _data_folder(folder)
        server = embedded_postgres.start(data, durable=False, databases=())
        try:
            yield server.url("postgres")
        finally:
            fcntl.flock(users, fcntl.LOCK_EX if server.owner else fcntl.LOCK_UN)
            server.stop()
            if server.owner:
                rmtree(data)


def _data_folder(run: Path) -> Path:
    """In memory where there is room: a database is cloned for each test that commits, ten times as fast there."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and disk_usage(_MEMORY).free > _ROOM:
        return _MEMORY / f"orderhub_tests_{run.stat().st_ino}"
    return run / "postgres"


def in_own_loop(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run something asynchronous for a fixture that outlives the loop of one test."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()


async def _make_template(cluster: Cluster) -> None:
    """Migrate a database, then give it the template's name: who sees the name sees it whole."""
    name = cluster.new_name()
    await cluster.run(f'CREATE DATABASE "{name}"')
    await upgrade(cluster.url(name))
    await cluster.run(f'ALTER DATABASE "{name}" RENAME TO "{cluster.template}"')


@pytest.fixture(scope="session", autouse=True)
def calm_collector() -> None:
    """What was imported stays for the whole run: the collector looks at it no more, as when the product serves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The run's PostgreSQL with a migrated template."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with _server(run) as url:
        found = Cluster(url, f"test_{run.stat().st_ino}")
        with _locked(run / "template.lock", fcntl.LOCK_EX):
            if not in_own_loop(lambda: found.has(found.template)):
                in_own_loop(lambda: _make_template(found))
        yield found
        if "ORDERHUB_TEST_DATABASE_URL" in os.environ:
            in_own_loop(lambda: found.drop(found.template))


@pytest.fixture(scope="session")
def quiet_url(cluster: Cluster) -> Iterator[str]:
    """One database a worker for the tests that commit nothing."""
    name = in_own_loop(cluster.clone)
    yield cluster.url(name)
    in_own_loop(lambda: cluster.drop(name))


@pytest.fixture
async def session(quiet_url: str) -> AsyncIterator[AsyncSession]:
    """A unit of work on an empty, migrated database, rolled back at the end."""
    database = Database(quiet_url, pool=1)
    async with database.engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as unit:
            yield unit
        await transaction.rollback()
    await database.close()


@pytest.fixture
async def database_url(cluster: Cluster) -> AsyncIterator[str]:
    """The URL of a migrated database of this test's own, dropped at the end."""
    name = await cluster.clone()
    yield cluster.url(name)
    await cluster.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of this test's own, opened."""
    found = Database(database_url)
    await found.open()
    yield found
    await found.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a development deployment, from nowhere but here."""
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    found = plain.model_copy(
        update={
            "database": DatabaseSettings(url=SecretStr(database_url)),
            "server": plain.server.model_copy(update={"data_dir": tmp_path}),
            "limits": plain.limits.model_copy(update={"enabled": False}),
        }
    )
    return with_development_secrets(found)


@pytest.fixture
def more_routers() -> Sequence[APIRouter]:
    """Routers that the application has besides its own, where no operation of ours shows a rule."""
    return ()


@pytest.fixture
async def app(settings: Settings, more_routers: Sequence[APIRouter]) -> AsyncIterator[FastAPI]:
    """The application on real parts, started."""
    application = build_application(settings, more=more_routers)
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, of nobody that it knows."""
    async with client_of(app) as outside:
        yield outside
