"""Tells people what an event means for them: alerts in the member area, and mails to be sent."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.events.models import Event
from orderhub.domain.notifications import service
from orderhub.domain.notifications.service import Addressed
from orderhub.infra.queue import NewJob, enqueue_all
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.reactions import event_id

SEND_MAIL = "send_mail"


async def notify(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Write the alerts of an event and enqueue its mails, together or not at all."""
    async with context.database.session() as session:
        event = await session.get(Event, event_id(payload))
        if event is None:
            return
        mails = await service.tell(session, event)
        await enqueue_all(session, [_job(mail) for mail in mails])


def _job(mail: Addressed) -> NewJob:
    event, account = mail.event_id.hex, mail.account_id.hex
    return NewJob(SEND_MAIL, {"event_id": event, "account_id": account}, dedupe_key=f"mail:{event}:{account}")
