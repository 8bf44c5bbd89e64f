"""API, worker and PostgreSQL are killed under load: nothing acknowledged is lost, nothing is half made."""

import asyncio
import subprocess
from collections.abc import Callable, Coroutine, Sequence
from random import Random
from typing import Any

import pytest

from tests.cli.running import environment
from tests.crash.aftermath import not_followed, until_all_followed
from tests.crash.books import half_made, missing
from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.processes import Process, orderhub
from tests.crash.shoppers import pairs, shop

pytestmark = pytest.mark.slow

CHANCE = Random(20)  # noqa: S311 - spreads the kills
KILLS = 20
WRITES = 1_000
PAIRS = 6
LONGEST = 240.0
"""Seconds: no load goes on for longer, however slow the machine is."""


async def keep_killing(processes: Sequence[Process], times: int) -> None:
    """Kill one after the other, each some time after it has begun to serve."""
    for turn in range(times):
        victim = processes[turn % len(processes)]
        await victim.until_said()
        await asyncio.sleep(CHANCE.uniform(0.1, 0.6))
        victim.kill()
        victim.start()


async def under_load(hub: Hub, journal: Journal, *accidents: Coroutine[Any, Any, None], writes: int) -> None:
    """Let pairs shop until all accidents have happened and enough was acknowledged."""
    shoppers = await pairs(hub, journal, PAIRS)
    async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
        happening = [group.create_task(accident) for accident in accidents]

        def enough() -> bool:
            return all(task.done() for task in happening) and len(journal.acknowledged) >= writes

        for first, pair in enumerate(shoppers):
            group.create_task(shop(pair, enough, first))


async def require_ledger(hub: Hub) -> None:
    """`orderhub ledger check`, as an operator runs it after an accident."""
    done = await asyncio.to_thread(
        subprocess.run,
        orderhub("ledger", "check"),
        cwd=hub.folder,
        env=environment(hub.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def test_killed_apis_and_workers(hub: Hub, record: Callable[..., None]) -> None:
    for _ in range(2):
        await hub.add_api()
        await hub.add_worker()
    journal = Journal(hub.urls)
    accidents = (keep_killing(victims, KILLS) for victims in (hub.apis, hub.workers))
    await under_load(hub, journal, *accidents, writes=WRITES)
    for process in (*hub.apis, *hub.workers):
        await process.until_said()
    await journal.repeat(CHANCE.sample(journal.acknowledged, 100))

    await until_all_followed(hub)
    async with hub.database.session() as session:
        lost, halves = await missing(session, journal), await half_made(session)
        left = await not_followed(session, hub.world)
    record(
        kills_of_apis=sum(api.kills for api in hub.apis),
        kills_of_workers=sum(worker.kills for worker in hub.workers),
        acknowledged=len(journal.acknowledged),
        tries_without_answer=journal.lost,
        repeated=journal.repeated,
        missing=len(lost),
        half_made=len(halves),
        not_followed=len(left),
    )
    assert (lost, halves, left) == ([], [], [])
    await require_ledger(hub)


async def test_killed_postgres(hub: Hub, record: Callable[..., None]) -> None:
    await hub.add_api()
    await hub.add_worker()
    journal = Journal(hub.urls)

    async def accidents() -> None:
        for _ in range(4):
            await asyncio.sleep(CHANCE.uniform(1.5, 2.5))
            await hub.kill_postgres()

    await under_load(hub, journal, accidents(), writes=200)
    async with hub.database.session() as session:
        lost, halves = await missing(session, journal), await half_made(session)
    record(
        kills_of_postgres=4,
        acknowledged=len(journal.acknowledged),
        tries_without_answer=journal.lost,
        missing=len(lost),
        half_made=len(halves),
    )
    assert (lost, halves) == ([], [])
    await require_ledger(hub)
