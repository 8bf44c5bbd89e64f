"""Sends one WhatsApp message: composed in one unit of work, sent in none, noted as sent in another.

A worker that dies in between sends it again, since WhatsApp knows no id of ours to tell it by.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog

from orderhub.domain.notifications.ports import WhatsApp, WhatsAppMessage, WhatsAppRefusedError
from orderhub.domain.notifications.service import Addressed
from orderhub.domain.notifications.whatsapp import compose_whatsapp, remember_whatsapp
from orderhub.infra.queue import enqueue_all
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.mail import site_of
from orderhub.jobs.messages import job_for
from orderhub.jobs.reactions import event_id

_log = structlog.get_logger()


async def send_whatsapp(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Send the message about an event to one account, unless it was sent before.

    One that WhatsApp refuses for good is given up; what has to arrive goes by e-mail instead.
    """
    account_id, about = UUID(hex=payload["account_id"]), event_id(payload)
    async with context.database.session() as session:
        message = await compose_whatsapp(session, event_id=about, account_id=account_id, site=site_of(context.settings))
    if message is None:
        return
    provider_id = await _sent(context.whatsapp, message)
    async with context.database.session() as session:
        if provider_id is not None:
            await remember_whatsapp(session, event_id=about, account_id=account_id, provider_id=provider_id)
        elif payload["or_mail"]:
            await enqueue_all(session, [job_for(Addressed(about, account_id))])


async def _sent(whatsapp: WhatsApp | None, message: WhatsAppMessage) -> str | None:
    """WhatsApp's id of the message, or None when it is refused for good or there is no way out any more."""
    if whatsapp is None:
        return None
    try:
        return await whatsapp.send(message)
    except WhatsAppRefusedError as refusal:
        _log.warning("whatsapp_refused", reference=message.reference, reason=str(refusal))
        return None
