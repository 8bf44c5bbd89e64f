"""Sends one mail: composed in one unit of work, sent in none, noted as sent in another.

A worker that dies in between sends it again under the same Message-ID.
"""

from collections.abc import Mapping
from dataclasses import replace
from email.utils import parseaddr
from typing import Any
from uuid import UUID

import structlog

from orderhub.domain.notifications.composing import Composed, compose, remember_sent
from orderhub.domain.notifications.ports import Attachment, Mail, MailRefusedError
from orderhub.domain.notifications.rendering import Site
from orderhub.domain.replies.addresses import ReplyAddresses
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.reactions import event_id
from orderhub.settings import Settings

_log = structlog.get_logger()


async def send_mail(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Send the mail about an event to one account, unless it was sent before.

    A mail that its server refuses for good is given up: trying again would change nothing.
    """
    account_id, about = UUID(hex=payload["account_id"]), event_id(payload)
    async with context.database.session() as session:
        composed = await compose(session, event_id=about, account_id=account_id, site=site_of(context.settings))
    if composed is None:
        return
    mail = await _enclosed(context, composed)
    try:
        await context.mailer.send(mail)
    except MailRefusedError as refusal:
        _log.warning("mail_refused", event_id=about.hex, account_id=account_id.hex, reason=str(refusal))
        return
    async with context.database.session() as session:
        await remember_sent(session, mail, account_id=account_id)


async def _enclosed(context: WorkerContext, composed: Composed) -> Mail:
    """The mail with its document printed. A printer that is busy leaves the mail to be tried again."""
    enclosure = composed.enclosure
    if enclosure is None:
        return composed.mail
    pdf = await context.printer.print(enclosure.kind, enclosure.content, enclosure.language)
    return replace(composed.mail, attachments=(Attachment(enclosure.name, "application/pdf", pdf),))


def site_of(settings: Settings) -> Site:
    """What mails know of this deployment."""
    address = parseaddr(settings.mail.sender)[1]
    return Site(
        name=settings.house.name,
        front_url=settings.server.front_url,
        support=settings.house.support_email,
        inbox=settings.house.email,
        mail_domain=address.rpartition("@")[2] or "orderhub.invalid",
        replies=ReplyAddresses(settings.mail.reply_domain, settings.mail.inbound_secret.get_secret_value()),
    )
