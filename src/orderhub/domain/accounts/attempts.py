"""Counts of what may be tried only so often, in the database: every process counts together.

Used for the lock-out of sign-in (by account, by network, and by the two together; apart from those, by device) and
for the mails that a stranger can cause to be sent to somebody. An IPv6 address counts as its /64.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import LockedOutError
from orderhub.domain.accounts.models import Attempt
from orderhub.kit.networks import network_of
from orderhub.kit.text import Label

LOCK_WINDOW: Final = timedelta(minutes=15)
PAIR_LIMIT: Final = 5
"""Failures for one account from one network."""
ACCOUNT_LIMIT: Final = 20
"""Failures for one account from anywhere: higher, so that a stranger can't easily lock somebody out."""
ADDRESS_LIMIT: Final = 50
"""Failures from one network: higher, since mobile operators put many people behind one address."""
DEVICE_LIMIT: Final = 10
"""Failures on a device that signed in to the account before, whatever strangers do."""

MAIL_WINDOW: Final = timedelta(hours=1)
MAIL_PAIR_LIMIT: Final = 10
"""Mails of a kind that can be asked for one address from one network, without signing in."""
MAIL_LIMIT: Final = 20
"""The same from anywhere: whoever asks, the mails reach the address's owner, and each of them is good."""


class MailKind(StrEnum):
    """What mails are asked for; each kind is counted by itself."""

    CONFIRMATION = "confirmation"
    RESET = "reset"


def sign_in_keys(email: str, address: str) -> Mapping[str, int]:
    """What a sign-in counts against, and how often each may fail within the window."""
    network = network_of(address)
    return {
        _key("pair", f"{email} {network}"): PAIR_LIMIT,
        _key("account", email): ACCOUNT_LIMIT,
        _key("address", network): ADDRESS_LIMIT,
    }


async def start_sign_in(
    session: AsyncSession, email: str, address: str, *, now: datetime, device: bytes | None = None
) -> bytes | None:
    """Count an attempt before its password is looked at, so that many at once can't slip through.

    A known ``device`` (its hash) counts for itself alone, and is the answer. Once it failed too often it counts
    as anybody does. Raises LockedOutError, whether or not the account exists.
    """
    if device is not None and await _seconds_left(session, {_device_key(device): DEVICE_LIMIT}, now) == 0:
        return device
    seconds = await _seconds_left(session, sign_in_keys(email, address), now)
    if seconds:
        raise LockedOutError(
            Label(
                f"Attendez {seconds} secondes, ou changez votre mot de passe.",
                f"Wait {seconds} seconds, or reset your password.",
            ),
            retry_after=seconds,
        )
    return None


async def end_sign_in(session: AsyncSession, email: str, address: str, *, device: bytes | None = None) -> None:
    """Forget the failures of an account that got in; for its network, only this attempt.

    The others stay: or else somebody's own account would wipe out their guesses at other people's. Where the
    attempt counted for a ``device``, its failures are forgotten, and strangers' go on to count.
    """
    if device is not None:
        await session.execute(delete(Attempt).where(Attempt.key == _device_key(device)))
        return
    pair, account, place = sign_in_keys(email, address)
    await session.execute(delete(Attempt).where(Attempt.key.in_((pair, account))))
    await session.execute(update(Attempt).where(Attempt.key == place).values(count=Attempt.count - 1))


async def unlock(session: AsyncSession, email: str, address: str) -> None:
    """Forget the failures of an account whose owner proved by mail to be one, and those from where they are."""
    pair, account, _ = sign_in_keys(email, address)
    await session.execute(delete(Attempt).where(Attempt.key.in_((pair, account))))


async def may_mail(session: AsyncSession, kind: MailKind, email: str, address: str, *, now: datetime) -> bool:
    """Count a mail asked for by somebody who isn't signed in; False once it is enough for this hour."""
    pair, anywhere = _key(f"mail-{kind}-pair", f"{email} {network_of(address)}"), _key(f"mail-{kind}", email)
    # What is too much from one network does not count for the others.
    for key, limit in ((pair, MAIL_PAIR_LIMIT), (anywhere, MAIL_LIMIT)):
        (attempt,) = await _count(session, [key], window=MAIL_WINDOW, now=now)
        if attempt.count > limit:
            return False
    return True


async def _seconds_left(session: AsyncSession, limits: Mapping[str, int], now: datetime) -> int:
    """Count an attempt against each key; how long it must wait, 0 where every count is within its limit."""
    for attempt in await _count(session, list(limits), window=LOCK_WINDOW, now=now):
        if attempt.count > limits[attempt.key]:
            return int((attempt.since + LOCK_WINDOW - now).total_seconds()) + 1
    return 0


def _device_key(device: bytes) -> str:
    return _key("device", device.hex())


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
