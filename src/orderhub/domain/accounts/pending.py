"""Registrations that wait to be confirmed, each with a password and a name of its own.

Anybody can register anybody's address, and only who reads its mail can confirm. So each registration waits by
itself, and the link of its mail confirms it and no other: a later one by somebody else voids nothing and changes
nothing of it. Until then the account holds the address and has no name, handle or password that anybody chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.free_handles import free_handles
from orderhub.domain.accounts.handles import LONGEST, is_waiting
from orderhub.domain.accounts.models import Account, PendingRegistration
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.kit.text import Language

MOST: Final = 50
"""Registrations that wait for one address; further ones are not kept."""
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person says of themselves. ``handle`` is a wish: taken, one like it is given."""

    email: str
    password: str
    display_name: str
    language: Language
    time_zone: str
    country: str
    handle: str | None = None


async def has_room(session: AsyncSession, account_id: UUID) -> bool:
    """Whether one more may wait. The account's row is locked by the caller."""
    waiting = select(func.count()).where(PendingRegistration.account_id == account_id)
    return (await session.scalar(waiting) or 0) < MOST


async def keep(session: AsyncSession, account_id: UUID, registration: Registration, password_hash: str) -> UUID:
    """Let a registration wait; for a confirmed account the same statement keeps nothing. The answer is its id."""
    pending_id = new_id()
    values = {
        "id": pending_id,
        "account_id": account_id,
        "password_hash": password_hash,
        "display_name": registration.display_name,
        "handle": registration.handle,
        "language": registration.language.value,
        "time_zone": registration.time_zone,
        "country": registration.country,
        "registered_at": real_now(),
    }
    table = PendingRegistration.__table__
    row = select(*(literal(value, table.c[name].type) for name, value in values.items()))
    unconfirmed = row.where(Account.id == account_id, Account.confirmed_at.is_(None))
    await session.execute(insert(PendingRegistration).from_select(list(values), unconfirmed))
    return pending_id


async def adopt(session: AsyncSession, account: Account, pending_id: UUID) -> None:
    """Make the account what this registration said; its row is locked by the caller."""
    pending = await session.get_one(PendingRegistration, pending_id)
    values = {
        "password_hash": pending.password_hash,
        "display_name": pending.display_name,
        "language": pending.language,
        "time_zone": pending.time_zone,
        "country": pending.country,
    }
    await _give_handle(session, account.id, pending.handle or pending.display_name, values)
    await session.refresh(account)


async def name_nobody(session: AsyncSession, account: Account) -> None:
    """Give an account a handle that was confirmed with no registration; its row is locked by the caller."""
    if is_waiting(account.handle):
        await _give_handle(session, account.id, account.display_name, {})
        await session.refresh(account)


async def waiting(session: AsyncSession, account_id: UUID) -> Sequence[UUID]:
    """The registrations that wait for an account, the newest first."""
    mine = select(PendingRegistration.id).where(PendingRegistration.account_id == account_id)
    return (await session.scalars(mine.order_by(PendingRegistration.id.desc()))).all()


async def forget(session: AsyncSession, account_id: UUID) -> None:
    """Nobody else can confirm the account any more: its other registrations and their links go."""
    await session.execute(delete(PendingRegistration).where(PendingRegistration.account_id == account_id))


async def _give_handle(session: AsyncSession, account_id: UUID, wish: str, values: Mapping[str, str]) -> None:
    """Change the account, and give it a handle like this one."""
    # Somebody may take the handle between the look and the write: then look again.
    for _ in range(_TRIES):
        handle = (await free_handles(session, wish))[0]
        try:
            async with session.begin_nested():
                await _change(session, account_id, {**values, "handle": handle})
        except IntegrityError as error:
            if "uq_accounts_handle" not in str(error.orig):
                raise
        else:
            return
    await _change(session, account_id, {**values, "handle": new_id().hex[:LONGEST]})


async def _change(session: AsyncSession, account_id: UUID, values: Mapping[str, str]) -> None:
    changed = update(Account).where(Account.id == account_id).values(values)
    await session.execute(changed, execution_options={"synchronize_session": False})
