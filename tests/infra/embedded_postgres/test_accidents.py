"""What an embedded PostgreSQL that was killed leaves behind does no harm."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from orderhub.infra.embedded_postgres import start
from orderhub.infra.embedded_postgres.account import ROOT
from tests.infra.embedded_postgres.served import ask


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


def test_an_initdb_cut_short_is_forgotten(new_dir: Path) -> None:
    cut_short = new_dir / "cluster.unfinished"
    (cut_short / "base").mkdir(parents=True)
    start(new_dir, durable=False).stop()
    assert not cut_short.exists()
    assert (new_dir / "cluster" / "PG_VERSION").is_file()
