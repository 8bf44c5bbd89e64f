"""What recurs: once per instant whatever the number of workers, and what each job does."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text, update

from orderhub.domain.accounts.models import Attempt, SignInSession
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.events.models import Event, StreamTicket
from orderhub.infra.business_clock import BusinessClock
from orderhub.infra.database import Database
from orderhub.infra.idempotency import IdempotencyKey
from orderhub.infra.queue_recurring import RecurringJob
from orderhub.jobs import housekeeping
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.schedule import SCHEDULE, enqueue_due
from orderhub.jobs.staff_reminders import remind_staff
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from tests.making.people import add_person, new_sign_in

FRIDAY = datetime(2027, 3, 5, 9, tzinfo=UTC)
"""No public holiday is near."""


async def waiting(database: Database) -> list[str]:
    async with database.session() as session:
        return list(await session.scalars(text("SELECT entrypoint FROM pgqueuer ORDER BY entrypoint")))


async def test_a_due_job_is_enqueued_once_by_several_workers(context: WorkerContext) -> None:
    database, house = context.database, context.settings.house
    assert await enqueue_due(database, house) == 0
    async with database.session() as session:
        assert set(await session.scalars(select(RecurringJob.name))) == set(SCHEDULE)
        past = real_now() - timedelta(days=2)
        await session.execute(update(RecurringJob).where(RecurringJob.name == "drop_orphan_files").values(next_at=past))
    done = await asyncio.gather(*(enqueue_due(database, house) for _ in range(4)))
    assert sum(done) == 1
    assert await waiting(database) == ["drop_orphan_files"]
    assert await enqueue_due(database, house) == 0


async def test_secrets_that_ended_are_dropped_and_living_ones_stay(context: WorkerContext) -> None:
    now = real_now()
    async with context.database.session() as session:
        awa = await add_person(session, "awa")
        old, recent = (new_sign_in(awa, revoked_at=now - timedelta(days=days)) for days in (31, 1))
        alive = new_sign_in(awa)
        session.add_all((old, recent, alive))
        session.add(Attempt(key="awa", count=3, since=now - timedelta(days=2)))
        session.add(Attempt(key="bruno", count=3, since=now))
        await session.flush()
        for place, life in enumerate((-1, 30)):
            session.add(
                StreamTicket(
                    token_hash=bytes([place]),
                    account_id=awa,
                    session_id=alive.id,
                    roles=[],
                    expires_at=now + timedelta(seconds=life),
                )
            )
    await housekeeping.drop_expired_secrets(context, {})
    async with context.database.session() as session:
        assert set(await session.scalars(select(SignInSession.id))) == {recent.id, alive.id}
        assert list(await session.scalars(select(Attempt.key))) == ["bruno"]
        assert list(await session.scalars(select(StreamTicket.token_hash))) == [b"\x01"]


async def test_idempotency_keys_are_kept_for_seven_days(context: WorkerContext) -> None:
    now = real_now()
    async with context.database.session() as session:
        for name, age in (("old", timedelta(days=7, minutes=1)), ("young", timedelta(days=6, hours=23))):
            session.add(
                IdempotencyKey(
                    account_id=new_id(),
                    operation="POST /v1/orders",
                    key=name,
                    request_hash=b"-",
                    status=201,
                    body=b"{}",
                    created_at=now - age,
                )
            )
    await housekeeping.drop_idempotency_keys(context, {})
    async with context.database.session() as session:
        assert list(await session.scalars(select(IdempotencyKey.key))) == ["young"]


async def set_time(database: Database, instant: datetime) -> None:
    async with database.session() as session:
        await session.execute(update(BusinessClock).values(ahead=instant - real_now()))


async def reminders(database: Database) -> list[dict[str, Any]]:
    async with database.session() as session:
        return list(await session.scalars(select(Event.data).where(Event.topic == "staff.reminder")))


async def test_staff_are_reminded_after_two_working_days_and_on_working_days(context: WorkerContext) -> None:
    database = context.database
    async with database.session() as session:
        for kind, opened in ((CaseKind.PROBLEM, FRIDAY), (CaseKind.CHARGEBACK, FRIDAY), (CaseKind.PROBLEM, None)):
            at = opened or FRIDAY + timedelta(days=4)
            session.add(Case(id=new_id(), kind=kind.value, reason="Rien reçu.", opened_at=at))
    for days, expected in ((0, 0), (2, 0), (3, 0), (4, 1), (5, 2)):
        await set_time(database, FRIDAY + timedelta(days=days, minutes=5))
        await remind_staff(context, {})
        assert len(await reminders(database)) == expected, days
    assert await reminders(database) == [
        {"day": "2027-03-09", "overdue": {"support": 1, "finance": 1}},
        {"day": "2027-03-10", "overdue": {"support": 1, "finance": 1}},
    ]
    await set_time(database, FRIDAY + timedelta(days=8))
    await remind_staff(context, {})
    assert len(await reminders(database)) == 2
