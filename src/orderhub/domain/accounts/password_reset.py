"""A forgotten password: a link by mail, then a new password, which ends every session."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import attempts, devices, email_tokens, events, pending, sessions
from orderhub.domain.accounts.attempts import MailKind
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.emails import email_key
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.passwords import Passwords, check_password
from orderhub.domain.accounts.sessions import Device
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now


async def ask_reset(session: AsyncSession, email: str, address: str, *, now: datetime) -> None:
    """Send the link, if this address has an account; ``now`` is business time, ``address`` the caller's."""
    key = email_key(email)
    mails = await attempts.may_mail(session, MailKind.RESET, key, address, now=real_now())
    account_id = await session.scalar(select(Account.id).where(Account.email == key))
    if mails and account_id is not None:
        await events.record(session, account_id, events.PASSWORD_RESET_ASKED, at=now)


async def reset(database: Database, passwords: Passwords, token: str, password: str, device: Device) -> None:
    """Set the password of the account that this token was sent to, end all its sessions, forget other devices.

    Who reads the mail owns the address, so it is confirmed too, with none of the registrations that wait for it, and
    unlocked, also from where they are.
    Raises InvalidEmailTokenError, EmailTokenUsedError, InvalidError.
    """
    async with database.session() as session:
        account_id = await email_tokens.read(session, token, Purpose.RESET, now=real_now())
        account = await session.get_one(Account, account_id)
    check_password(password, account.email)
    hashed = await passwords.hash(password)
    async with database.session() as session:
        account, _ = await email_tokens.consume(session, token, Purpose.RESET, now=real_now())
        now = await business_now(session)
        account.password_hash = hashed
        await pending.name_nobody(session, account)
        account.confirmed_at = account.confirmed_at or now
        await pending.forget(session, account_id)
        await attempts.unlock(session, account.email, device.address)
        await devices.forget(session, account_id, but=device.token)
        await sessions.revoke_all(session, account_id, now=real_now())
        await events.record(session, account_id, events.PASSWORD_CHANGED, at=now)
