"""One mail for one person about one event, composed when it is about to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import kinds, letters
from orderhub.domain.notifications.account_letters import about_account
from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.gathering import alerts_of
from orderhub.domain.notifications.letters import LetterContext, OwnLetter, notice
from orderhub.domain.notifications.models import SentMail
from orderhub.domain.notifications.ports import Mail
from orderhub.domain.notifications.rendering import Enclosure, Letter, Site, render
from orderhub.kit.text import Language

OWN_LETTERS: Final[Mapping[str, OwnLetter]] = {"confirm_payment": letters.confirmation, **kinds.LETTERS}
"""Mails of their own, by the alert's code; None where this reader gets the plain notice."""


def message_id_of(event_id: UUID, account_id: UUID, site: Site) -> str:
    """The same for the same event and person, so that a mail sent twice can be recognised."""
    return f"{event_id.hex}.{account_id.hex}@{site.mail_domain}"


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail, and the document that is to be printed and attached before it is sent."""

    mail: Mail
    enclosure: Enclosure | None = None


async def compose(session: AsyncSession, *, event_id: UUID, account_id: UUID, site: Site) -> Composed | None:
    """The mail about an event, or None when it was sent before or nobody is there to read it."""
    event, account = await session.get(Event, event_id), await session.get(Account, account_id)
    message_id = message_id_of(event_id, account_id, site)
    if event is None or account is None or account.erased_at is not None or await _was_sent(session, message_id):
        return None
    letter = await _letter(session, event, account, site)
    if letter is None:
        return None
    language = letter.language or Language(account.language)
    text, html = render(letter, site=site, language=language, name=account.display_name)
    address = site.inbox if account.id == HOUSE_ID else account.email
    mail = Mail(message_id, address, language.value, letter.subject, text, html, letter.reply_to)
    return Composed(mail, letter.enclosure)


async def _letter(session: AsyncSession, event: Event, account: Account, site: Site) -> Letter | None:
    if event.topic in ACCOUNT_MAILS:
        return None if account.id == HOUSE_ID else await about_account(session, event, account, site)
    for alert in await alerts_of(session, event):
        if alert.account_id == account.id:
            return await _about(LetterContext(session, event, alert, account, site))
    return None


async def _about(context: LetterContext) -> Letter:
    """The letter that this alert has for this reader, or else its own words."""
    own = OWN_LETTERS.get(context.alert.code)
    return (own and await own(context)) or notice(context)


async def remember_sent(session: AsyncSession, mail: Mail, *, account_id: UUID) -> None:
    """Note that a server took this mail, so that it is not sent again."""
    values = {"message_id": mail.message_id, "account_id": account_id}
    await session.execute(insert(SentMail).values(values).on_conflict_do_nothing())


async def _was_sent(session: AsyncSession, message_id: str) -> bool:
    return bool(await session.scalar(select(exists().where(SentMail.message_id == message_id))))
