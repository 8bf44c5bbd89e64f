"""The books notice whatever is missing, doubled or half made: without that, their silence would prove nothing."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.crash.aftermath import not_followed, until_all_followed
from tests.crash.books import half_made, missing
from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.shoppers import approved, declined, left_at_work, pairs

pytestmark = pytest.mark.slow

DAMAGES = {
    "DELETE FROM history WHERE action = 'accept'": "acknowledged change is missing",
    "UPDATE messages SET id = gen_random_uuid()": "message that nobody was told of, or made twice",
    "DELETE FROM payments": "acknowledged payment is missing",
    "UPDATE history SET from_status = 'delivered' WHERE action = 'accept_revision'": "does not begin where it ended",
    "UPDATE orders SET status = 'delivered' WHERE status = 'in_progress'": "is not where its history ends",
    "DELETE FROM events WHERE topic = 'message.sent'": "acknowledged event is missing: ('message.sent'",
    "UPDATE timers SET due = due + interval '1 minute' WHERE action = 'lapse_cancellation'": "timer that nobody",
    "UPDATE postings SET target = 'hub:fees' WHERE reason = 'confirm_payment'": "what its payments captured",
    "DELETE FROM postings": "neither released nor refunded",
    "DELETE FROM refunds": "nothing sends it",
    "DELETE FROM conversation_members": "has not its conversation",
    "UPDATE conversations SET message_count = message_count + 1": "counts other messages than it has",
    "DELETE FROM notifications": "acknowledged alert is missing",
    "DELETE FROM sandbox_mails": "acknowledged mail is missing",
    "DELETE FROM pgqueuer_log WHERE entrypoint = 'send_refund'": "jobs were enqueued",
}


@pytest.fixture
async def journal(hub: Hub) -> Journal:
    """Three lives, with everything that follows from them."""
    await hub.add_api()
    await hub.add_worker()
    journal = Journal(hub.urls)
    (pair,) = await pairs(hub, journal, 1)
    for life in (approved, declined, left_at_work):
        await life(pair)
    await until_all_followed(hub)
    return journal


async def test_every_damage_is_noticed(hub: Hub, journal: Journal) -> None:
    async with hub.database.engine.connect() as connection, AsyncSession(connection) as session:
        # The database itself would refuse every one of them.
        await session.execute(text("SET session_replication_role = replica"))
        assert await wrong(session, hub, journal) == []
        for statement, sentence in DAMAGES.items():
            damage = await session.begin_nested()
            await session.execute(text(statement))
            assert [found for found in await wrong(session, hub, journal) if sentence in found] != [], statement
            await damage.rollback()


async def wrong(session: AsyncSession, hub: Hub, journal: Journal) -> list[str]:
    session.expunge_all()
    return [
        *await missing(session, journal),
        *await half_made(session),
        *await not_followed(session, hub.world),
    ]
