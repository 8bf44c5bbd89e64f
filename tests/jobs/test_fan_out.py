"""The fan-out: each event's jobs once, in commit order, whoever fans out and however often."""

import asyncio

from sqlalchemy import text

from orderhub.domain.events import reader
from orderhub.infra.database import Database
from orderhub.jobs.fan_out import BATCH, fan_out
from tests.making.events import happen, note, settle

PENDING = "refund.pending"


async def enqueued(database: Database) -> list[tuple[str, str]]:
    """The jobs in the order in which they were put there, with their event's subject."""
    async with database.session() as session:
        rows = await session.execute(
            text("SELECT entrypoint, convert_from(payload, 'UTF8')::jsonb->>'subject' FROM pgqueuer ORDER BY id")
        )
        return [(name, subject) for name, subject in rows]


async def test_an_event_causes_its_jobs_and_others_cause_none(database: Database) -> None:
    await happen(database, "rfd_a", topic=PENDING)
    await happen(database, "pay_a", topic="payment.expired")
    await happen(database, "ord_a", topic="nobody.reacts")
    assert await fan_out(database) == 3
    assert await enqueued(database) == [("send_refund", "rfd_a"), ("close_payment", "pay_a")]
    assert await fan_out(database) == 0


async def test_an_event_that_commits_late_is_not_missed(database: Database) -> None:
    async with database.session() as slow:
        note(slow, "rfd_early", topic=PENDING)
        await slow.flush()
        async with database.session() as quick:
            note(quick, "rfd_late", topic=PENDING)
        assert await reader.waiting(database) == (False, True, False)
        assert await fan_out(database) == 0
    await settle(database)
    assert await reader.waiting(database) == (True, True, False)
    assert await fan_out(database) == 2
    assert [subject for _, subject in await enqueued(database)] == ["rfd_early", "rfd_late"]


async def test_two_at_once_enqueue_once(database: Database) -> None:
    subjects = [f"rfd_{number}" for number in range(BATCH + 50)]
    await happen(database, *subjects, topic=PENDING)
    done = 0
    while (now := sum(await asyncio.gather(*(fan_out(database, wait=turn % 2 == 0) for turn in range(4))))) > 0:
        done += now
    assert done == len(subjects)
    assert [subject for _, subject in await enqueued(database)] == subjects


async def test_what_fails_half_way_is_fanned_out_again(database: Database) -> None:
    await happen(database, "rfd_a", topic=PENDING)
    async with database.session() as session:
        await session.execute(text("ALTER TABLE pgqueuer ADD CONSTRAINT closed CHECK (false) NOT VALID"))
    outcome = await asyncio.gather(fan_out(database), return_exceptions=True)
    assert isinstance(outcome[0], Exception)
    async with database.session() as session:
        await session.execute(text("ALTER TABLE pgqueuer DROP CONSTRAINT closed"))
    assert await fan_out(database) == 1
    assert await enqueued(database) == [("send_refund", "rfd_a")]
