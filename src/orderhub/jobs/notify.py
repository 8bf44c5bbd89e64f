"""Tells people what an event means for them: alerts in the member area, and messages to be sent."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.events.models import Event
from orderhub.domain.notifications import service
from orderhub.infra.queue import enqueue_all
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.messages import job_for
from orderhub.jobs.reactions import event_id


async def notify(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Write the alerts of an event and enqueue its messages, together or not at all."""
    async with context.database.session() as session:
        event = await session.get(Event, event_id(payload))
        if event is None:
            return
        messages = await service.notify(session, event, whatsapp=context.whatsapp is not None)
        await enqueue_all(session, [job_for(message) for message in messages])
