"""Registration and confirmation. Nothing here tells a stranger whether an address has an account.

A new address and a known one run the same statements. How registrations of one address wait beside each
other: ``pending.py``.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import attempts, email_tokens, events, pending
from orderhub.domain.accounts.attempts import MailKind
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.emails import email_key, normalise_email
from orderhub.domain.accounts.handles import check_handle, waiting_handle
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.passwords import Passwords, check_password
from orderhub.domain.accounts.pending import Registration
from orderhub.domain.accounts.places import check_country, check_time_zone
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

_NOBODY_YET: Final = Label("Membre", "Member")
"""The name of an account that nobody confirmed."""


async def register(database: Database, passwords: Passwords, registration: Registration, *, address: str) -> None:
    """Note a registration from this address of the network; a mail follows, whatever was there before.

    Where mails were asked for too often, or too many registrations wait, nothing is noted, and no mail follows.
    Raises InvalidError.
    """
    email = normalise_email(registration.email)
    _check(registration, email)
    hashed = await passwords.hash(registration.password)
    async with database.session() as session:
        now = await business_now(session)
        mails = await attempts.may_mail(session, MailKind.CONFIRMATION, email, address, now=real_now())
        account_id, confirmed = await _hold(session, registration, email, now)
        if not mails or not await pending.has_room(session, account_id):
            return
        pending_id = await pending.keep(session, account_id, registration, hashed)
        if confirmed:
            await events.record(session, account_id, events.REGISTERED_AGAIN, at=now)
        else:
            await _ask_to_confirm(session, account_id, pending_id, now)


async def confirm(session: AsyncSession, token: str, *, now: datetime) -> Account:
    """Activate the account with what the registration said whose mail had this token; ``now`` is business time.

    Raises InvalidEmailTokenError or EmailTokenUsedError.
    """
    account, pending_id = await email_tokens.consume(session, token, Purpose.CONFIRM, now=real_now())
    if account.confirmed_at is None:
        # A link mailed by a version that kept one registration on the account itself names none.
        if pending_id is not None:
            await pending.adopt(session, account, pending_id)
        account.confirmed_at = now
        await events.record(session, account.id, events.CONFIRMED, at=now)
    await pending.forget(session, account.id)
    return account


async def resend_confirmation(session: AsyncSession, email: str, address: str, *, now: datetime) -> None:
    """Send the confirmation again, if there is an account that waits for it; ``address`` is the caller's.

    Where several registrations wait, the mail can't tell whose the caller's is: it lets its reader choose the
    password, which confirms the account with none of them.
    """
    key = email_key(email)
    mails = await attempts.may_mail(session, MailKind.CONFIRMATION, key, address, now=real_now())
    account_id = await session.scalar(select(Account.id).where(Account.email == key, Account.confirmed_at.is_(None)))
    if not mails or account_id is None:
        return
    found = await pending.waiting(session, account_id)
    if len(found) == 1:
        await _ask_to_confirm(session, account_id, found[0], now)
    else:
        await events.record(session, account_id, events.PASSWORD_RESET_ASKED, at=now)


async def _ask_to_confirm(session: AsyncSession, account_id: UUID, pending_id: UUID, now: datetime) -> None:
    await events.record(session, account_id, events.REGISTERED, at=now, data={"registration": pending_id.hex})


def _check(registration: Registration, email: str) -> None:
    check_password(registration.password, email)
    check_country(registration.country)
    check_time_zone(registration.time_zone)
    if registration.handle is not None:
        check_handle(registration.handle)


async def _hold(session: AsyncSession, registration: Registration, email: str, now: datetime) -> tuple[UUID, bool]:
    """The account that holds an address, locked, made if there is none; and whether somebody confirmed it."""
    account_id = new_id()
    statement = insert(Account).values(
        id=account_id,
        email=email,
        handle=waiting_handle(account_id),
        display_name=_NOBODY_YET.within(registration.language),
        language=registration.language.value,
        time_zone=registration.time_zone,
        country=registration.country,
        created_at=now,
    )
    held = statement.on_conflict_do_update(index_elements=[Account.email], set_={"email": statement.excluded.email})
    found = await session.execute(held.returning(Account.id, Account.confirmed_at))
    account_id, confirmed_at = found.one()
    return account_id, confirmed_at is not None
