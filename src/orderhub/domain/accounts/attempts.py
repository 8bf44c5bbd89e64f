"""Counts of what may be tried only so often, in the database: every process counts together.

Used for the lock-out of sign-in (by account, by address, and by the two together) and for the mails
that a stranger can cause to be sent to somebody.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import LockedOutError
from orderhub.domain.accounts.models import Attempt

LOCK_WINDOW: Final = timedelta(minutes=15)
PAIR_LIMIT: Final = 5
"""Failures for one account from one address."""
ACCOUNT_LIMIT: Final = 20
"""Failures for one account from anywhere: higher, so that a stranger can't easily lock somebody out."""
ADDRESS_LIMIT: Final = 50
"""Failures from one address: higher, since mobile operators put many people behind one."""

MAIL_WINDOW: Final = timedelta(hours=1)
MAIL_LIMIT: Final = 5
"""Mails that can be asked for one address without signing in."""


def sign_in_keys(email: str, address: str) -> Mapping[str, int]:
    """What a sign-in counts against, and how often each may fail within the window."""
    return {
        _key("pair", f"{email} {address}"): PAIR_LIMIT,
        _key("account", email): ACCOUNT_LIMIT,
        _key("address", address): ADDRESS_LIMIT,
    }


async def start_sign_in(session: AsyncSession, email: str, address: str, *, now: datetime) -> None:
    """Count an attempt before its password is looked at, so that many at once can't slip through.

    Raises LockedOutError, whether or not the account exists.
    """
    limits = sign_in_keys(email, address)
    for attempt in await _count(session, list(limits), window=LOCK_WINDOW, now=now):
        if attempt.count > limits[attempt.key]:
            seconds = int((attempt.since + LOCK_WINDOW - now).total_seconds()) + 1
            raise LockedOutError(f"Wait {seconds} seconds, or reset your password.", retry_after=seconds)


async def end_sign_in(session: AsyncSession, email: str, address: str) -> None:
    """Forget the failures of an account that got in; for its address, only this attempt.

    The others stay: or else somebody's own account would wipe out their guesses at other people's.
    """
    pair, account, place = sign_in_keys(email, address)
    await session.execute(delete(Attempt).where(Attempt.key.in_((pair, account))))
    await session.execute(update(Attempt).where(Attempt.key == place).values(count=Attempt.count - 1))


async def unlock(session: AsyncSession, email: str) -> None:
    """Forget the failures of an account whose owner proved to be one by mail."""
    await session.execute(delete(Attempt).where(Attempt.key == _key("account", email)))


async def may_mail(session: AsyncSession, email: str, *, now: datetime) -> bool:
    """Count a mail asked for by somebody who isn't signed in; False once it is enough for this hour."""
    (attempt,) = await _count(session, [_key("mail", email)], window=MAIL_WINDOW, now=now)
    return attempt.count <= MAIL_LIMIT


def _key(kind: str, whom: str) -> str:
    return f"{kind}:{hashlib.sha256(whom.encode()).hexdigest()}"


async def _count(session: AsyncSession, keys: Sequence[str], *, window: timedelta, now: datetime) -> Sequence[Attempt]:
    current = Attempt.since > now - window
    # Sorted, so that two requests lock the rows in the same order.
    statement = insert(Attempt).values([{"key": key, "count": 1, "since": now} for key in sorted(keys)])
    statement = statement.on_conflict_do_update(
        index_elements=[Attempt.key],
        set_={
            "count": case((current, Attempt.count + 1), else_=1),
            "since": case((current, Attempt.since), else_=now),
        },
    )
    found = await session.scalars(statement.returning(Attempt), execution_options={"populate_existing": True})
    return found.all()
