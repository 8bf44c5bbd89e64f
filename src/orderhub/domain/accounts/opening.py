"""Opening an account that needs no confirmation: the first staff, and the people of the sample data."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import pending
from orderhub.domain.accounts.emails import normalise_email
from orderhub.domain.accounts.errors import EmailTakenError, HandleTakenError
from orderhub.domain.accounts.free_handles import free_handles
from orderhub.domain.accounts.handles import check_handle
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.accounts.passwords import Passwords, check_password
from orderhub.domain.accounts.phones import normalise_phone
from orderhub.domain.accounts.places import check_country, check_time_zone
from orderhub.domain.audit import log
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label, Language, is_seen, turns

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who it is for. Without a handle, one is made of the display name."""

    email: str
    password: str
    display_name: str
    handle: str | None = None
    roles: AbstractSet[StaffRole] = field(default_factory=frozenset[StaffRole])
    language: Language = Language.FRENCH
    time_zone: str = "Europe/Paris"
    country: str = "FR"
    phone: str | None = None


async def open_account(session: AsyncSession, passwords: Passwords, new: NewAccount, *, now: datetime) -> Account:
    """Open a confirmed account, with its roles. Raises InvalidError, EmailTakenError, HandleTakenError.

    An address that somebody registered and nobody confirmed is free: whoever opens the account vouches for it.
    """
    email = normalise_email(new.email)
    _check_name(new.display_name)
    check_password(new.password, email)
    check_country(new.country)
    check_time_zone(new.time_zone)
    account = await _free_account(session, email, now)
    values = {
        "handle": await _handle(session, new),
        "display_name": new.display_name,
        "password_hash": await passwords.hash(new.password),
        "language": new.language.value,
        "time_zone": new.time_zone,
        "country": new.country,
        "phone": new.phone and normalise_phone(new.phone, new.country),
        "roles": sorted(role.value for role in new.roles),
        "confirmed_at": now,
    }
    for name, value in values.items():
        setattr(account, name, value)
    session.add(account)
    await session.flush()
    if account.roles:
        _audit(session, account, now)
    return account


async def _free_account(session: AsyncSession, email: str, now: datetime) -> Account:
    """The account that holds this address for whoever confirms it, or a new one. Raises EmailTakenError."""
    held = await session.scalar(select(Account).where(Account.email == email).with_for_update())
    if held is None:
        return Account(id=new_id(), email=email, created_at=now)
    if held.confirmed_at is not None or held.suspended_at is not None:
        raise EmailTakenError(
            Label(
                "Choisissez une autre adresse, ou changez les rôles de ce compte.",
                "Choose another address, or change the roles of that account.",
            )
        )
    await pending.forget(session, held.id)
    return held


async def create_staff(session: AsyncSession, passwords: Passwords, new: NewAccount, *, now: datetime) -> Account:
    """Open an account of staff from the command line; an admin, unless ``new`` names other roles."""
    roles = new.roles or frozenset({StaffRole.ADMIN})
    staff = NewAccount(new.email, new.password, new.display_name, new.handle, roles, new.language)
    return await open_account(session, passwords, staff, now=now)


def _check_name(name: str) -> None:
    if not is_seen(name) or turns(name) or len(name) > LONGEST_NAME:
        detail = Label(
            f"Donnez un nom d’au plus {LONGEST_NAME} caractères, sur une ligne, avec quelque chose de visible.",
            f"Give a name of at most {LONGEST_NAME} characters, in one line, with something to see in it.",
        )
        raise invalid_field("/display_name", "invalid_name", detail)


async def _handle(session: AsyncSession, new: NewAccount) -> str:
    free = await free_handles(session, new.handle or new.display_name)
    if new.handle is None:
        return free[0]
    check_handle(new.handle)
    if new.handle not in free:
        raise HandleTakenError
    return new.handle


def _audit(session: AsyncSession, account: Account, now: datetime) -> None:
    log.record(
        session,
        account_id=None,
        action="account.staff_created",
        subject=show_id("acc", account.id),
        before=None,
        after={"roles": account.roles},
        at=now,
    )
