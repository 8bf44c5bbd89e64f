"""A backup made while OrderHub serves becomes, in an empty place, the same OrderHub at one moment."""

import asyncio
import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from orderhub.domain.orders.models import Order
from orderhub.infra import embedded_postgres
from orderhub.infra.database import Database
from tests.cli.running import environment
from tests.crash.books import half_made
from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.processes import orderhub
from tests.crash.shoppers import pairs, shop

pytestmark = pytest.mark.slow

_LEDGER = re.compile(r"[0-9a-f]{32} \(\d+ postings\)")


async def run(folder: Path, settings: dict[str, str], *arguments: str) -> str:
    """Run a command as an operator does; what it said."""
    done = await asyncio.to_thread(
        subprocess.run,
        orderhub(*arguments),
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def test_a_backup_made_under_load_is_restored_elsewhere(hub: Hub, tmp_path: Path) -> None:
    await hub.add_api()
    await hub.add_worker()
    journal = Journal(hub.urls)
    settings, made = dict(hub.settings), list[str]()
    shoppers = await pairs(hub, journal, 3)
    async with asyncio.timeout(90), asyncio.TaskGroup() as group:
        for first, pair in enumerate(shoppers):
            group.create_task(shop(pair, lambda: bool(made), first))
        while len(journal.acknowledged) < 60:  # noqa: ASYNC110 - the shoppers tell nobody
            await asyncio.sleep(0.1)
        before = {sent.subject for sent in journal.of("place")}
        made.append(await run(tmp_path, settings, "backup", "hub.tar", "--data-dir", str(tmp_path / "data")))

    place = tmp_path / "elsewhere"
    restored = await run(tmp_path, {}, "restore", "hub.tar", "--data-dir", str(place))
    assert _LEDGER.findall(restored) == _LEDGER.findall(made[0]) * 2
    assert "keeps every promise" in await run(tmp_path, {}, "ledger", "check", "--data-dir", str(place))

    server = await asyncio.to_thread(embedded_postgres.start, place)
    try:
        database = Database(server.url())
        await database.open()
        async with database.session() as session:
            restored_orders = set(await session.scalars(select(Order.id)))
            assert before <= restored_orders <= {sent.subject for sent in journal.of("place")}
            assert await half_made(session) == []
        await database.close()
    finally:
        server.stop()
