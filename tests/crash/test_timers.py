"""Timers while workers are killed and suspended: each has one effect, at most five seconds late."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from orderhub.domain.events.models import Event
from orderhub.domain.orders.models import Order
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import write_policy
from orderhub.domain.policies.queries import current
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.crash.aftermath import not_followed, until_all_followed
from tests.crash.books import half_made, missing
from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.processes import Process
from tests.crash.shoppers import Pair, pairs

pytestmark = pytest.mark.slow

CHANCE = Random(5)  # noqa: S311 - spreads the accidents
WAIT = timedelta(seconds=12)
AT_MOST = timedelta(seconds=5)
UNPAID, PAID = 240, 36
LONGEST = 120.0
TAKEN_OVER_AFTER = 33.0
"""Seconds without a heartbeat after which a worker's jobs are given to others, and a little more."""


async def make_waits_short(database: Database) -> None:
    """A policy that no staff may choose: a buyer has seconds to pay, a seller to accept."""
    async with database.session() as session:
        policy = await current(session)
        values = write_policy(policy)
        values["durations"] |= {"payment": "PT12S", "acceptance": "PT12S"}
        session.add(PolicyVersion(version=policy.version + 1, created_at=real_now(), values=values))


async def place_orders(pair: Pair) -> None:
    """Orders that nobody goes on with: the clock has to."""
    for _ in range(PAID // 6):
        await pair.paid()
    for _ in range(UNPAID // 6):
        await pair.place()


async def all_expired(database: Database) -> bool:
    async with database.session() as session:
        return not await session.scalar(select(func.count()).where(Order.final_at.is_(None)))


async def keep_killing(workers: Sequence[Process]) -> None:
    """Kill one, let it come back, kill the next; the others go on meanwhile."""
    while True:
        for victim in workers:
            for worker in workers:
                await worker.until_said()
            await asyncio.sleep(CHANCE.uniform(0.1, 0.8))
            victim.kill()
            victim.start()


async def keep_suspending(worker: Process) -> None:
    """Suspend in the middle of whatever it does, and let it go on when others have done its work."""
    while True:
        await asyncio.sleep(CHANCE.uniform(0.3, 1.0))
        worker.suspend()
        await asyncio.sleep(AT_MOST.total_seconds())
        worker.resume()


async def lateness(database: Database) -> list[timedelta]:
    """How long after its instant each timer had its effect: an event's id tells when it was written."""
    async with database.session() as session:
        anchors = {
            (show_id("ord", order_id), to): at
            for order_id, to, at in await session.execute(select(History.subject_id, History.to_status, History.at))
        }
        events = (await session.scalars(select(Event).where(Event.topic == "order.transitioned"))).all()
    return [
        written_at(event.id) - anchors[event.subject, event.data["from"]] - WAIT
        for event in events
        if event.data["action"] == "expire"
    ]


def written_at(event_id: UUID) -> datetime:
    """The real time in a UUIDv7."""
    return datetime.fromtimestamp((event_id.int >> 80) / 1000, UTC)


async def test_timers_with_killed_and_suspended_workers(hub: Hub, record: Callable[..., None]) -> None:
    await make_waits_short(hub.database)
    await hub.add_api()
    for _ in range(3):
        await hub.add_worker()
    journal = Journal(hub.urls)
    shoppers = await pairs(hub, journal, 6)
    *mortal, sleeper = hub.workers
    async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
        accidents = [group.create_task(keep_killing(mortal)), group.create_task(keep_suspending(sleeper))]
        await asyncio.gather(*(place_orders(pair) for pair in shoppers))
        while not await all_expired(hub.database):  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.2)
        for accident in accidents:
            accident.cancel()

    # The others take its jobs over; awake again, it must do no harm with them.
    sleeper.suspend()
    await asyncio.sleep(TAKEN_OVER_AFTER)
    sleeper.resume()
    await asyncio.sleep(1)
    await until_all_followed(hub)

    late = await lateness(hub.database)
    async with hub.database.session() as session:
        expired = Counter(await session.scalars(select(History.subject_id).where(History.action == "expire")))
        wrong = [
            *await missing(session, journal),
            *await half_made(session),
            *await not_followed(session, hub.world),
        ]
    orders = [sent for sent in journal.transitions() if sent.action == "place"]
    record(
        timers=len(late),
        kills=sum(worker.kills for worker in mortal),
        worst_lateness=max(late).total_seconds(),
        wrong=len(wrong),
    )
    assert wrong == []
    assert {sent.subject: 1 for sent in orders if sent.subject in expired} == expired
    assert len(expired) >= UNPAID
    assert max(late) <= AT_MOST
