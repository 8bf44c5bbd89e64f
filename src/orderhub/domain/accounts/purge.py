"""Forgetting what is no longer needed: old attempts, tokens and sessions. A recurring job calls it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Attempt, EmailToken, SignInSession

_ATTEMPTS_KEPT: Final = timedelta(days=1)
_TOKENS_KEPT: Final = timedelta(days=7)
"""After they expire, so that a late click is still told that the link was used."""
_SESSIONS_KEPT: Final = timedelta(days=90)
"""After they end, for whoever asks where their account was used."""


async def purge(session: AsyncSession, *, now: datetime) -> None:
    """Delete what is past its time; ``now`` is real time."""
    ended = func.least(SignInSession.expires_at, SignInSession.revoked_at)
    await session.execute(delete(Attempt).where(Attempt.since < now - _ATTEMPTS_KEPT))
    await session.execute(delete(EmailToken).where(EmailToken.expires_at < now - _TOKENS_KEPT))
    await session.execute(delete(SignInSession).where(ended < now - _SESSIONS_KEPT))
