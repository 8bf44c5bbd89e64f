"""What must have followed once the workers are up again: jobs, refunds, alerts and mails, each exactly once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.preferences import Channel, Topic, channels
from orderhub.domain.events import reader
from orderhub.domain.events.models import Event
from orderhub.domain.messages.service import SENT
from orderhub.domain.notifications.gathering import alerts_of
from orderhub.domain.notifications.models import Notification, SandboxMail
from orderhub.domain.notifications.service import IN_APP_ONLY
from orderhub.domain.payments.models import Refund
from orderhub.infra.database import Database
from orderhub.jobs.reactions import REACTIONS
from orderhub.kit.ids import parse_id, show_id
from tests.crash.books import differences
from tests.crash.hub import Hub
from tests.lives.world import World

PaymentNotice = tuple[UUID, UUID]
"""An event, or a conversation, and whom it tells."""

_PATIENCE: Final = 90.0
"""The jobs of a killed worker are given to another after half a minute without its heartbeat."""
_BUSY: Final = text("SELECT count(*) FROM pgqueuer WHERE status IN ('queued', 'picked')")
_HELD: Final = text("SELECT entrypoint FROM pgqueuer WHERE status NOT IN ('queued', 'picked')")
_FANNED_OUT: Final = text(
    "SELECT entrypoint, count(DISTINCT job_id) FROM pgqueuer_log WHERE status = 'queued' GROUP BY entrypoint"
)


async def until_all_followed(hub: Hub) -> None:
    """Wait until every event is fanned out, every job done, every refund settled."""
    async with asyncio.timeout(_PATIENCE):
        while not await _is_quiet(hub.database):  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.2)


async def _is_quiet(database: Database) -> bool:
    any_event = (await reader.waiting(database)).any
    async with database.session() as session:
        open_refunds = await session.scalar(select(Refund.id).where(Refund.status.in_(("pending", "sent"))).limit(1))
        return not any_event and open_refunds is None and not await session.scalar(_BUSY)


async def not_followed(session: AsyncSession, world: World) -> list[str]:
    """What did not follow, or followed twice; to be asked when everything is quiet."""
    events = (await session.scalars(select(Event))).all()
    return [
        *(f"a job is held: {name}" for name in await session.scalars(_HELD)),
        *await _fan_out(session, events),
        *await _told(session, events),
        *await _refunds(session, world),
    ]


async def _fan_out(session: AsyncSession, events: Sequence[Event]) -> list[str]:
    """Every reaction of every event became one job."""
    expected = Counter(name for event in events for name in REACTIONS.get(event.topic, ()))
    found = {name: count for name, count in await session.execute(_FANNED_OUT) if name in expected}
    return [] if found == dict(expected) else [f"jobs were enqueued {found}, events cause {dict(expected)}"]


async def _told(session: AsyncSession, events: Sequence[Event]) -> list[str]:
    """Whoever an event tells has one alert and one mail of it; of messages, one mail until they are read."""
    alerts, mails, unread = set[PaymentNotice](), set[PaymentNotice](), set[PaymentNotice]()
    for event in events:
        for alert in await alerts_of(session, event):
            chosen = await channels(session, alert.account_id, alert.topic)
            if Channel.IN_APP in chosen:
                alerts.add((event.id, alert.account_id))
            if alert.topic is Topic.MESSAGES and alert.conversation_id:
                unread.add((alert.conversation_id, alert.account_id))
            elif Channel.EMAIL in chosen and alert.code not in IN_APP_ONLY:
                mails.add((event.id, alert.account_id))
    written = await session.execute(select(Notification.event_id, Notification.account_id))
    messages = {event.id: parse_id("cnv", event.subject) for event in events if event.topic == SENT}
    sent = [_mailed(message_id) for message_id in await session.scalars(select(SandboxMail.message_id))]
    of_messages = [(messages[event], who) for event, who in sent if event in messages]
    return [
        *differences("alert", alerts, (tuple(row) for row in written)),
        *differences("mail", mails, (mail for mail in sent if mail[0] not in messages)),
        *differences("mail about messages", unread, of_messages),
    ]


def _mailed(message_id: str) -> PaymentNotice:
    event, account = message_id.partition("@")[0].split(".")
    return UUID(hex=event), UUID(hex=account)


async def _refunds(session: AsyncSession, world: World) -> list[str]:
    """Each refund succeeded, and the provider gave the money back once."""
    async with httpx.AsyncClient(base_url=world.provider_url, trust_env=False) as tester:
        answer = await tester.get("/control/events", headers={"Authorization": f"Bearer {world.api_key}"})
    events = [event["body"]["data"] for event in answer.json()["data"] if event["type"].startswith("refund.")]
    given = [(event["reference"], event["amount"]) for event in events]
    rows = (await session.scalars(select(Refund))).all()
    return [
        *(f"refund {row.id} is {row.status}" for row in rows if row.status != "succeeded"),
        *differences("refund", ((show_id("rfd", row.id), row.amount) for row in rows), given),
    ]
