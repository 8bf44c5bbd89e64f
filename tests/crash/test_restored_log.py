"""A hub put back as it was, whatever the way: a cursor of what it lost is refused for ever, and no event is skipped."""

import asyncio
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from orderhub.bootstrap import build_parts, opened, worker_context
from orderhub.commands.postgres_tools import run_tool
from orderhub.domain.events import reader
from orderhub.domain.events.position import BEGINNING, OtherLogError, Position
from orderhub.domain.events.queries import Viewer, feed, require_given, settled_until
from orderhub.infra import embedded_postgres
from orderhub.infra.database import Database
from orderhub.infra.embedded_postgres.binaries import major_version
from orderhub.infra.migrations import upgrade
from orderhub.jobs.worker import Worker
from orderhub.kit.ids import new_id
from orderhub.settings import DatabaseSettings, Settings
from tests.cli.running import environment
from tests.crash.processes import orderhub
from tests.making.events import happen

pytestmark = pytest.mark.slow

STAFF = Viewer(new_id(), staff=True)
_MANY = "DO $$ BEGIN FOR turn IN 1..2000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
"""So many transactions that a new cluster is far behind."""


@asynccontextmanager
async def serving(place: Path) -> AsyncGenerator[Database]:
    server = await asyncio.to_thread(embedded_postgres.start, place)
    try:
        await upgrade(server.url())
        database = Database(server.url())
        await database.open()
        yield database
        await database.close()
    finally:
        server.stop()


async def at_work(database: Database) -> None:
    """A worker of this database runs until all is fanned out."""
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    url = database.url.render_as_string(hide_password=False)
    settings = plain.model_copy(update={"database": DatabaseSettings(url=SecretStr(url))})
    async with opened(build_parts(settings)) as parts:
        stop = asyncio.Event()
        working = asyncio.create_task(Worker(worker_context(parts)).run(stop))
        async with asyncio.timeout(30):
            while any(await reader.waiting(database)):  # noqa: ASYNC110 - the worker tells nobody
                await asyncio.sleep(0.05)
        stop.set()
        await working


async def place_now(database: Database) -> Position:
    async with database.session() as session:
        return await settled_until(session)


async def is_refused(database: Database, place: Position) -> bool:
    async with database.session() as session:
        try:
            await require_given(session, place)
        except OtherLogError:
            return True
        return False


async def subjects(database: Database, place: Position | None = None) -> list[str]:
    async with database.session() as session:
        found = await feed(session, STAFF, place or BEGINNING, 100)
    return [event.subject for event in found]


async def run(*command: str) -> None:
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True, env=environment({}))


@pytest.mark.parametrize("way", ["orderhub restore", "pg_restore", "a copy of the files"])
async def test_whatever_way_it_was_restored(way: str, tmp_path: Path) -> None:
    place, elsewhere, backup = tmp_path / "place", tmp_path / "elsewhere", tmp_path / "backup"
    lost = BEGINNING
    async with serving(place) as database:
        await happen(database, "ord_1")
        await at_work(database)
        kept = await place_now(database)
        async with database.engine.connect() as connection:
            autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autocommit.execute(text(_MANY))
        await happen(database, "ord_2")
        if way == "orderhub restore":
            await run(*orderhub("backup", str(backup), "--data-dir", str(place)))
        if way == "pg_restore":
            run_tool(
                "pg_dump", database.dsn, ("--format=custom", f"--file={backup}"), server_major=int(major_version())
            )
        if way != "a copy of the files":
            await happen(database, "ord_lost")
            lost = await place_now(database)
    if way == "a copy of the files":
        await run("cp", "-a", str(place), str(elsewhere))
        async with serving(place) as database:
            await happen(database, "ord_lost")
            lost = await place_now(database)
    if way == "orderhub restore":
        await run(*orderhub("restore", str(backup), "--data-dir", str(elsewhere)))
    if way == "pg_restore":
        server = await asyncio.to_thread(embedded_postgres.start, elsewhere)
        run_tool("pg_restore", server.url(), ("--no-owner", str(backup)), server_major=int(major_version()))
        server.stop()
    async with serving(elsewhere) as database:
        assert await is_refused(database, lost)
        await at_work(database)
        async with database.engine.connect() as connection:
            autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autocommit.execute(text(_MANY))
        await happen(database, "ord_3")
        assert await is_refused(database, lost)
        assert await subjects(database) == ["ord_1", "ord_2", "ord_3"]
        # Where the cluster itself was put back, all that it kept stands where it stood.
        if way == "a copy of the files":
            assert not await is_refused(database, kept)
            assert await subjects(database, kept) == ["ord_2", "ord_3"]
        else:
            assert await is_refused(database, kept)
