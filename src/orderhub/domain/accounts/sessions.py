"""Sessions: opened by a sign-in, carried on by refresh tokens that are each exchanged once, ended for good.

Everything here is in real time. Whoever holds an access token needs a living session besides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import InvalidRefreshTokenError, RefreshTokenReusedError, SessionNotFoundError
from orderhub.domain.accounts.models import Account, RefreshToken, SignInSession
from orderhub.domain.accounts.opaque_tokens import hash_token, new_token
from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.policies.queries import bounds
from orderhub.infra.pages import newest_first
from orderhub.kit.ids import new_id
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label

REPEAT_WITHIN: Final = timedelta(seconds=20)
"""How long after its first use a refresh token still gives a successor: an answer that was lost, two tabs."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody signs in from, so that they recognise it in the list of their sessions."""

    user_agent: str | None
    address: str
    """As ``kit/networks.py`` shows it."""
    token: str | None = None
    """What an earlier sign-in gave it; see ``devices.py``."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a sign-in or a refresh gives: the claims of an access token, and the next refresh token."""

    claims: Claims
    refresh_token: str


async def open_session(
    session: AsyncSession, account: Account, device: Device, *, life: timedelta, now: datetime
) -> Opened:
    """A new session of an account that proved who it is; its row is locked by the caller.

    Where more are alive than may be, the oldest is ended.
    """
    await _end_oldest(session, account.id, now)
    opened = SignInSession(
        id=new_id(),
        account_id=account.id,
        created_at=now,
        last_used_at=now,
        expires_at=now + life,
        user_agent=device.user_agent,
        address=device.address,
    )
    session.add(opened)
    await session.flush()
    return Opened(_claims(account, opened), _give_token(session, opened.id, now))


async def _end_oldest(session: AsyncSession, account_id: UUID, now: datetime) -> None:
    alive = (SignInSession.account_id == account_id, SignInSession.revoked_at.is_(None), SignInSession.expires_at > now)
    most = (await bounds(session))["sessions"]
    beyond = select(SignInSession.id).where(*alive).order_by(SignInSession.id.desc()).offset(most - 1)
    ended = update(SignInSession).where(SignInSession.id.in_(beyond)).values(revoked_at=now)
    await session.execute(ended, execution_options={"synchronize_session": False})


async def refresh(
    session: AsyncSession, token: str, *, life: timedelta, now: datetime
) -> Opened | InvalidRefreshTokenError | RefreshTokenReusedError:
    """Exchange a refresh token for the next one; used again within `REPEAT_WITHIN`, it gives one more.

    A refusal is returned, not raised: a token that comes later still ends its session, and that must be
    committed before the caller is told.
    """
    found = await session.execute(
        select(RefreshToken, SignInSession, Account)
        .join(SignInSession, SignInSession.id == RefreshToken.session_id)
        .join(Account, Account.id == SignInSession.account_id)
        .where(RefreshToken.hash == hash_token(token))
        .with_for_update(of=(RefreshToken, SignInSession))
    )
    row = found.one_or_none()
    if row is None:
        return InvalidRefreshTokenError(Label("Reconnectez-vous.", "Sign in again."))
    used, opened, account = row
    if used.used_at is not None and now - used.used_at > REPEAT_WITHIN:
        opened.revoked_at = opened.revoked_at or now
        return RefreshTokenReusedError(
            Label(
                "Ce jeton de renouvellement a déjà servi : sa session est close. Reconnectez-vous.",
                "This refresh token was used before, so its session was ended. Sign in again.",
            )
        )
    if opened.revoked_at is not None or opened.expires_at <= now:
        return InvalidRefreshTokenError(
            Label("Cette session est finie. Reconnectez-vous.", "This session is over. Sign in again.")
        )
    used.used_at = used.used_at or now
    opened.last_used_at, opened.expires_at = now, now + life
    return Opened(_claims(account, opened), _give_token(session, opened.id, now))


async def revoke(session: AsyncSession, account_id: UUID, session_id: UUID, *, now: datetime) -> None:
    """End one session of an account. Raises SessionNotFoundError."""
    statement = update(SignInSession).where(
        SignInSession.id == session_id, SignInSession.account_id == account_id, SignInSession.revoked_at.is_(None)
    )
    ended = await session.scalar(statement.values(revoked_at=now).returning(SignInSession.id))
    if ended is None:
        raise SessionNotFoundError(
            Label(
                "Voyez celles qui vivent à GET /v1/auth/sessions.",
                "See GET /v1/auth/sessions for those that are alive.",
            )
        )


async def revoke_all(session: AsyncSession, account_id: UUID, *, now: datetime) -> None:
    """End every session of an account, from the next request on."""
    await session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def account_behind(session: AsyncSession, session_id: UUID) -> Account | None:
    """Whose session it is; None when it was ended, or never was."""
    return await session.scalar(
        select(Account)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(SignInSession.id == session_id, SignInSession.revoked_at.is_(None))
    )


async def list_sessions(
    session: AsyncSession, account_id: UUID, page: PageRequest, *, now: datetime
) -> Page[SignInSession]:
    """The living sessions of an account, newest first."""
    alive = (SignInSession.revoked_at.is_(None), SignInSession.expires_at > now)
    return await newest_first(session, SignInSession, page, SignInSession.account_id == account_id, *alive)


def _claims(account: Account, opened: SignInSession) -> Claims:
    return Claims(account.id, opened.id, frozenset(account.roles))


def _give_token(session: AsyncSession, session_id: UUID, now: datetime) -> str:
    token = new_token()
    session.add(RefreshToken(hash=hash_token(token), session_id=session_id, issued_at=now))
    return token
