"""Signing in with e-mail address and password.

A known and an unknown address take the same path: both are counted, both cost one hash. No database
connection is held while the hash is computed. Who gets in also gets a token that makes their device known.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import attempts, devices
from orderhub.domain.accounts.emails import email_key
from orderhub.domain.accounts.errors import AccountSuspendedError, AccountUnconfirmedError, InvalidCredentialsError
from orderhub.domain.accounts.models import Account, PendingRegistration
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.sessions import Device, Opened, open_session
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import DomainError
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody says to be who they are."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was opened, and the token that makes the device known."""

    opened: Opened
    device_token: str


async def sign_in(
    database: Database, passwords: Passwords, credentials: Credentials, device: Device, *, life: timedelta
) -> SignedIn:
    """Open a session for ``life``.

    Raises InvalidCredentialsError, LockedOutError, and to who has the right password AccountUnconfirmedError or
    AccountSuspendedError.
    """
    email = email_key(credentials.email)
    async with database.session() as session:
        known = await devices.recognise(session, email, device.token)
        counted = await attempts.start_sign_in(session, email, device.address, now=real_now(), device=known)
        hashed = await session.scalar(_password_of(email))
    if not await passwords.verify(credentials.password, hashed):
        raise InvalidCredentialsError
    async with database.session() as session:
        # The account first, as where a password is reset: or else the two could wait for each other.
        account = await _lock_unchanged(session, email, hashed)
        await attempts.end_sign_in(session, email, device.address, device=counted)
        refusal = _why_not(account)
        if account is not None and refusal is None:
            opened = await open_session(session, account, device, life=life, now=real_now())
            return SignedIn(opened, await devices.remember(session, account.id, device.token, now=real_now()))
    raise refusal or InvalidCredentialsError


def _password_of(email: str) -> Select[str]:
    """What the password is compared with: of an account that nobody confirmed, that of its newest registration."""
    waiting = select(PendingRegistration.password_hash).where(PendingRegistration.account_id == Account.id)
    newest = waiting.order_by(PendingRegistration.id.desc()).limit(1).scalar_subquery()
    return select(func.coalesce(Account.password_hash, newest)).where(Account.email == email)


async def _lock_unchanged(session: AsyncSession, email: str, hashed: str | None) -> Account | None:
    # A change of roles, a suspension or a new password either comes first and is seen here, or comes after and
    # ends the session that is opened here. Orders and the like, which refer to the row, go on meanwhile.
    unchanged = or_(Account.password_hash == hashed, Account.confirmed_at.is_(None))
    statement = select(Account).where(Account.email == email, unchanged)
    return await session.scalar(statement.with_for_update(key_share=True))


def _why_not(account: Account | None) -> DomainError | None:
    if account is None:
        return None
    if account.suspended_at is not None:
        return AccountSuspendedError(
            Label(
                "Écrivez au support pour savoir pourquoi, et quoi faire.",
                "Write to support to know why and what can be done.",
            )
        )
    if account.confirmed_at is None:
        return AccountUnconfirmedError(
            Label(
                "Suivez le lien du mail, ou demandez-en un autre : POST /v1/accounts/confirm/resend.",
                "Follow the link in the mail, or ask for another: POST /v1/accounts/confirm/resend.",
            )
        )
    return None
