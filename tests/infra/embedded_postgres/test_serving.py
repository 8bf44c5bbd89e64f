"""The embedded PostgreSQL, started for real: by root where the tests run as root, and by a normal user."""

import asyncio
import importlib
import os
from pathlib import Path
from typing import Any

import pytest

from orderhub.infra.embedded_postgres import pg_tool, running_owner, start
from orderhub.infra.embedded_postgres.account import ROOT
from tests.infra.embedded_postgres.served import ask, user_of

asyncpg: Any = importlib.import_module("asyncpg")  # it has no types


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


async def test_a_folder_with_a_long_and_odd_name_works(tmp_path: Path) -> None:
    with start(tmp_path / 'été: "chez Awa", $1', durable=False) as server:
        assert await ask(server.url(), "SELECT 1") == 1
    with start(tmp_path / ("long" * 30) / ("path" * 30), durable=False) as server:
        assert await ask(server.url(), "SELECT 1") == 1
        assert len(os.fsencode(server.socket_dir)) < 80
    assert not server.socket_dir.exists()


def test_the_server_never_runs_as_root(data_dir: Path) -> None:
    with start(data_dir, durable=False) as server:
        assert user_of(server.pid) != ROOT
