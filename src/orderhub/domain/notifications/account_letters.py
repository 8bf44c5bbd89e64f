"""Letters about the account itself, written with the token that their link needs.

Nothing that somebody said who registered an address is in them before it is confirmed: the address may be
anybody's.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import email_tokens, events
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import Account, PendingRegistration
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS, REGISTERED_AT, AccountMail
from orderhub.domain.notifications.phrases import show_time
from orderhub.domain.notifications.rendering import Letter, Link, Site
from orderhub.kit.text import Language

_REGISTRATION: Final = "registration"
"""Where an event names the registration that it is about."""


async def about_account(session: AsyncSession, event: Event, account: Account, site: Site) -> Letter | None:
    """The letter about an event of an account; None where there is nothing to confirm any more."""
    found, language = ACCOUNT_MAILS[event.topic], Language(account.language)
    if event.topic != events.REGISTERED:
        query = "" if found.token is None else await _token_query(session, found.token, account.id)
        letter = _letter(found, language, site.link(found.path) + query)
        return replace(letter, named=account.confirmed_at is not None)
    if account.confirmed_at is not None:
        return None
    if _REGISTRATION not in event.data:  # written by a version that kept one registration on the account itself
        query = await _token_query(session, Purpose.CONFIRM, account.id)
        return replace(_letter(found, language, site.link(found.path) + query), named=False)
    pending = await session.get(PendingRegistration, UUID(event.data[_REGISTRATION]))
    return None if pending is None else await _to_confirm(session, pending, site)


async def _to_confirm(session: AsyncSession, pending: PendingRegistration, site: Site) -> Letter:
    """The letter in the language of the registration, which says when it was made: there may be others."""
    found, language = ACCOUNT_MAILS[events.REGISTERED], Language(pending.language)
    query = await _token_query(session, Purpose.CONFIRM, pending.account_id, pending.id)
    moment = show_time(pending.registered_at.isoformat(), language, ZoneInfo(pending.time_zone))
    letter = _letter(
        found, language, site.link(found.path) + query, REGISTERED_AT.within(language).format(moment=moment)
    )
    return replace(letter, named=False)


def _letter(found: AccountMail, language: Language, url: str, more: str = "") -> Letter:
    title, body = found.title.within(language), f"{found.body.within(language)} {more}".rstrip()
    links = [Link(found.button.within(language), url)]
    values = {"title": title, "body": body, "quote": None}
    return Letter("notice", title, links, values, language=language)


async def _token_query(
    session: AsyncSession, purpose: Purpose, account_id: UUID, pending_id: UUID | None = None
) -> str:
    token = await email_tokens.issue(session, account_id, purpose, pending_id=pending_id)
    return "?" + urlencode({"token": token})
