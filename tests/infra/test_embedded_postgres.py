"""The embedded PostgreSQL, started for real: by root where the tests run as root, and by a normal user."""

import asyncio
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from orderhub.infra.embedded_postgres import (
    pg_tool,
    running_owner,
    start,
)
from orderhub.infra.embedded_postgres.account import ROOT
from orderhub.infra.embedded_postgres.postmaster import find_postmaster

NORMAL_USER = 65534

asyncpg: Any = importlib.import_module("asyncpg")  # it has no types

# Another `orderhub serve`: starts, tells what it got, and stops when its input ends.
ANOTHER_PROCESS = """
import os, sys
from pathlib import Path
from orderhub.infra.embedded_postgres import binaries, start
if os.geteuid() == 0 and sys.argv[2] == "as_normal_user":
    # Where a root's Python and packages are closed to others, take from them what is needed first.
    binaries.major_version()
    binaries.program("postgres", binaries.ServerAccount(65534, 65534))
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
server = start(Path(sys.argv[1]), durable=False)
print(server.pid, server.owner, server.url(), flush=True)
sys.stdin.read()
server.stop()
"""


class AnotherProcess:
    """A second OrderHub on the same machine."""

    def __init__(self, data_dir: Path, role: str = "as_tester") -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-c", ANOTHER_PROCESS, str(data_dir), role],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_started(self) -> "AnotherProcess":
        """Read what it tells about its database."""
        assert self.process.stdout is not None
        told = self.process.stdout.readline().split()
        self.pid, self.owner, self.url = int(told[0]), told[1] == "True", told[2]
        return self

    def finish(self) -> None:
        """End it as Ctrl-D would."""
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        """As a power cut does to everything that shares its terminal."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(scope="module")
def served_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder as a first start and a stop leave it; copying it saves half a second a test."""
    folder = tmp_path_factory.mktemp("served_before") / "orderhub"
    start(folder, durable=False).stop()
    return folder


@pytest.fixture
def data_dir(new_dir: Path, served_before: Path) -> Path:
    subprocess.run(["/bin/cp", "-a", served_before, new_dir], check=True)  # noqa: S603
    return new_dir


@pytest.fixture
def new_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "orderhub"
    yield folder
    if left_over := find_postmaster(folder / "cluster"):
        left_over.stop()


@pytest.fixture
def normal_users_dir() -> Iterator[Path]:
    """Make a folder of a normal user, which the tests' own folder of root isn't."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == ROOT:
        os.chown(folder, NORMAL_USER, NORMAL_USER)
    yield folder
    if left_over := find_postmaster(folder / "orderhub" / "cluster"):
        left_over.stop()
    shutil.rmtree(folder)


async def ask(url: str, question: str) -> Any:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        result = await connection.execute(text(question))
        return result.scalar() if result.returns_rows else None


async def test_what_was_written_is_there_after_a_stop_and_a_start(
    new_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGUSER": "chloe"}.items():
        monkeypatch.setenv(name, value)
    with start(new_dir) as server:
        assert server.owner
        assert server.held_by == os.getpid()
        await ask(server.url(), "CREATE TABLE people AS SELECT 'Awa' AS name")
    assert not server.is_running()
    assert running_owner(new_dir) is None

    with start(new_dir) as again:
        server.stop()
        assert await ask(again.url(), "SELECT name FROM people") == "Awa"


async def test_a_new_database_speaks_french_and_keeps_its_word(data_dir: Path) -> None:
    with start(data_dir) as server:
        settings = {
            name: await ask(server.url(), f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "full_page_writes", "jit", "listen_addresses")
        }
        assert settings == {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "jit": "off",
            "listen_addresses": "",
        }
        assert await ask(server.url(), "SELECT lower('ÉTÉ')") == "été"
        assert await ask(server.url(), "SELECT to_tsvector('french', 'DÉLAIS') = to_tsvector('french', 'délais')")
        for extension in ("pg_trgm", "unaccent", "citext", "btree_gist"):
            await ask(server.url(), f"CREATE EXTENSION {extension}")
        assert server.socket_dir.stat().st_mode & 0o077 == 0


async def test_named_databases_are_made_once(data_dir: Path) -> None:
    databases = ("orderhub", "Awa's atelier")
    with start(data_dir, durable=False, databases=databases) as server:
        again = start(data_dir, durable=False, databases=(*databases, "bruno"))
        assert not again.owner
        for name in (*databases, "bruno"):
            assert await ask(server.url(name), "SELECT current_database()") == name
        assert await ask(server.url(), "SHOW fsync") == "off"


async def test_the_url_serves_asyncpg_and_psql_too(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        dsn = server.url().replace("+asyncpg", "")
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()
        psql = await asyncio.create_subprocess_exec(
            pg_tool("psql"), dsn, "-Atc", "SELECT 1", stdout=asyncio.subprocess.PIPE
        )
        assert (await psql.communicate())[0] == b"1\n"


async def test_a_second_starter_attaches_and_leaves_the_database_running(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        second = AnotherProcess(data_dir).wait_until_started()
        assert (second.pid, second.owner) == (server.pid, False)
        second.finish()
        assert running_owner(data_dir) == os.getpid()
        assert await ask(server.url(), "SELECT 1") == 1


def test_of_three_that_start_together_one_owns(new_dir: Path) -> None:
    starters = [AnotherProcess(new_dir) for _ in range(3)]
    for starter in starters:
        starter.wait_until_started()
    assert len({starter.pid for starter in starters}) == 1
    owners = [starter for starter in starters if starter.owner]
    assert [owner.process.pid for owner in owners] == [running_owner(new_dir)]
    for starter in sorted(starters, key=lambda starter: starter.owner):
        starter.finish()
    assert find_postmaster(new_dir / "cluster") is None


async def test_an_orphan_is_adopted_and_then_stopped(data_dir: Path) -> None:
    killed = AnotherProcess(data_dir).wait_until_started()
    await ask(killed.url, "CREATE TABLE people AS SELECT 'Bruno' AS name")
    killed.kill()
    assert running_owner(data_dir) is None

    with start(data_dir, durable=False) as server:
        assert (server.pid, server.owner) == (killed.pid, True)
        assert await ask(server.url(), "SELECT name FROM people") == "Bruno"
    assert find_postmaster(data_dir / "cluster") is None


async def test_an_orphan_that_promises_less_is_replaced(data_dir: Path) -> None:
    killed = AnotherProcess(data_dir).wait_until_started()
    killed.kill()
    with start(data_dir, durable=True) as server:
        assert server.pid != killed.pid
        assert await ask(server.url(), "SHOW fsync") == "on"


async def test_a_killed_server_comes_back_with_what_it_acknowledged(data_dir: Path) -> None:
    server = start(data_dir)
    await ask(server.url(), "CREATE TABLE people AS SELECT 'Chloé' AS name")
    # A process of the server that is busy doesn't notice at once that the server was killed.
    counting = asyncio.create_task(ask(server.url(), "SELECT count(*) FROM generate_series(1, 100000000000)"))
    seen = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM g%'"
    while not await ask(server.url(), seen):  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    assert not server.is_running()

    with start(data_dir) as revived:
        assert revived.pid != server.pid
        assert await ask(revived.url(), "SELECT name FROM people") == "Chloé"
    with pytest.raises((DBAPIError, OSError)):
        await counting


def test_a_stale_pid_file_naming_somebody_elses_process_does_no_harm(data_dir: Path) -> None:
    pid_file = data_dir / "cluster" / "postmaster.pid"
    with start(data_dir, durable=False):
        lines = pid_file.read_text().splitlines()
    with bystander(pid_file.parent.stat().st_uid) as process:
        pid_file.write_text("\n".join([str(process.pid), *lines[1:]]))
        with start(data_dir, durable=False) as server:
            assert server.pid != process.pid
        assert process.poll() is None


def test_a_stale_lock_of_the_socket_does_no_harm(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        lock = server.socket_dir / ".s.PGSQL.5432.lock"
        lines = lock.read_text().splitlines()
    owner = (data_dir / "cluster").stat()
    with bystander(owner.st_uid) as process:
        lock.parent.mkdir(mode=0o700)
        lock.write_text("\n".join([str(process.pid), *lines[1:]]) + "\n")
        for path in (lock.parent, lock):
            os.chown(path, owner.st_uid, owner.st_gid)
        start(data_dir, durable=False).stop()


@contextmanager
def bystander(uid: int) -> "Generator[subprocess.Popen[bytes]]":
    """Run a process that has nothing to do with databases, as the server's own user."""
    process = subprocess.Popen(["/bin/sleep", "60"], user=uid if os.geteuid() == ROOT else None)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_a_folder_with_a_long_and_odd_name_works(tmp_path: Path) -> None:
    with start(tmp_path / 'été: "chez Awa", $1', durable=False) as server:
        assert await ask(server.url(), "SELECT 1") == 1
    with start(tmp_path / ("long" * 30) / ("path" * 30), durable=False) as server:
        assert await ask(server.url(), "SELECT 1") == 1
        assert len(os.fsencode(server.socket_dir)) < 80
    assert not server.socket_dir.exists()


def test_an_initdb_cut_short_is_forgotten(new_dir: Path) -> None:
    cut_short = new_dir / "cluster.unfinished"
    (cut_short / "base").mkdir(parents=True)
    start(new_dir, durable=False).stop()
    assert not cut_short.exists()
    assert (new_dir / "cluster" / "PG_VERSION").is_file()


async def test_a_normal_user_serves_their_own_folder(normal_users_dir: Path) -> None:
    awa = AnotherProcess(normal_users_dir / "orderhub", "as_normal_user").wait_until_started()
    assert awa.owner
    assert await ask(awa.url, "SELECT 'Awa'") == "Awa"
    assert user_of(awa.pid) == user_of(normal_users_dir)
    awa.finish()

    # Whoever runs the tests, root included, may take the next turn, and the folder stays Awa's.
    with start(normal_users_dir / "orderhub", durable=False) as server:
        assert user_of(server.pid) == user_of(normal_users_dir)
    AnotherProcess(normal_users_dir / "orderhub", "as_normal_user").wait_until_started().finish()


def test_the_server_never_runs_as_root(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        assert user_of(server.pid) != ROOT


def user_of(what: int | Path) -> int:
    return (Path("/proc", str(what)) if isinstance(what, int) else what).stat().st_uid
