"""Devices that somebody signed in from before: strangers who guess at the account can't lock them out.

A device holds a random token, and we its SHA-256. It opens nothing: it only gives the device a count of
failures of its own, which is bounded, too (see ``attempts.py``). Real time.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account, KnownDevice
from orderhub.domain.accounts.opaque_tokens import hash_token, new_token

MOST: Final = 20
"""Devices kept of one account, the last used ones."""


async def recognise(session: AsyncSession, email: str, token: str | None) -> bytes | None:
    """The hash of a token that the account with this address gave to a device; None for any other."""
    if token is None:
        return None
    known = select(KnownDevice.hash).join(Account, Account.id == KnownDevice.account_id)
    return await session.scalar(known.where(KnownDevice.hash == hash_token(token), Account.email == email))


async def remember(session: AsyncSession, account_id: UUID, token: str | None, *, now: datetime) -> str:
    """The token that makes this device known: the one it has, or a new one.

    The account's row is locked by the caller, so that its devices are counted one after the other.
    """
    known = None if token is None else await _find(session, account_id, token)
    if known is not None and token is not None:
        known.last_used_at = now
        return token
    token = new_token()
    session.add(KnownDevice(hash=hash_token(token), account_id=account_id, created_at=now, last_used_at=now))
    await session.flush()
    await _keep_most(session, account_id)
    return token


async def forget(session: AsyncSession, account_id: UUID, *, but: str | None) -> None:
    """Forget the devices of an account, but for the one that holds this token."""
    kept = b"" if but is None else hash_token(but)
    await session.execute(delete(KnownDevice).where(KnownDevice.account_id == account_id, KnownDevice.hash != kept))


async def _find(session: AsyncSession, account_id: UUID, token: str) -> KnownDevice | None:
    found = select(KnownDevice).where(KnownDevice.hash == hash_token(token), KnownDevice.account_id == account_id)
    return await session.scalar(found)


async def _keep_most(session: AsyncSession, account_id: UUID) -> None:
    mine = select(KnownDevice.hash).where(KnownDevice.account_id == account_id)
    last_used = mine.order_by(KnownDevice.last_used_at.desc(), KnownDevice.hash).limit(MOST)
    await session.execute(
        delete(KnownDevice).where(KnownDevice.account_id == account_id, KnownDevice.hash.not_in(last_used))
    )
