"""Registration and confirmation. Nothing here tells a stranger whether an address has an account.

A new address and a known one run the same statements. Registering again before the address is
confirmed replaces what was said the first time, and makes the links already sent worthless: whoever
opens the mail of a registration confirms that registration, not an earlier one by somebody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import attempts, email_tokens, events
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.emails import email_key, normalise_email
from orderhub.domain.accounts.handles import check_handle, suggest_handles
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.passwords import Passwords, check_password
from orderhub.domain.accounts.places import check_country, check_time_zone
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.kit.text import Language

_TRIES: Final = 5
_REPLACED: Final = ("password_hash", "display_name", "language", "time_zone", "country")
"""What a second registration says anew, until the first is confirmed."""


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


async def register(database: Database, passwords: Passwords, registration: Registration) -> None:
    """Note a registration; a mail follows, whatever was there before. Raises InvalidError."""
    email = normalise_email(registration.email)
    _check(registration, email)
    hashed = await passwords.hash(registration.password)
    async with database.session() as session:
        now = await business_now(session)
        mails = await attempts.may_mail(session, email, now=real_now())
        account_id, confirmed = await _write(session, registration, email, hashed, now)
        await email_tokens.forget(session, account_id, Purpose.CONFIRM)
        if mails:
            await events.tell(session, account_id, events.REGISTERED_AGAIN if confirmed else events.REGISTERED, at=now)


async def confirm(session: AsyncSession, token: str, *, now: datetime) -> Account:
    """Activate the account that this token was sent to; ``now`` is business time.

    Raises InvalidEmailTokenError or EmailTokenUsedError.
    """
    account_id = await email_tokens.consume(session, token, Purpose.CONFIRM, now=real_now())
    account = await session.get_one(Account, account_id, with_for_update=True)
    if account.confirmed_at is None:
        account.confirmed_at = now
        await events.tell(session, account_id, events.CONFIRMED, at=now)
    return account


async def resend_confirmation(session: AsyncSession, email: str, *, now: datetime) -> None:
    """Send the confirmation again, if there is an account that waits for it."""
    key = email_key(email)
    mails = await attempts.may_mail(session, key, now=real_now())
    account_id = await session.scalar(select(Account.id).where(Account.email == key, Account.confirmed_at.is_(None)))
    if mails and account_id is not None:
        await events.tell(session, account_id, events.REGISTERED, at=now)


async def free_handles(session: AsyncSession, wish: str) -> Sequence[str]:
    """Handles like a wish that nobody has at this moment, the likest first."""
    while True:
        suggested = suggest_handles(wish)
        taken = set(await session.scalars(select(Account.handle).where(Account.handle.in_(suggested))))
        free = [handle for handle in suggested if handle not in taken]
        if free:
            return free


def _check(registration: Registration, email: str) -> None:
    check_password(registration.password, email)
    check_country(registration.country)
    check_time_zone(registration.time_zone)
    if registration.handle is not None:
        check_handle(registration.handle)


async def _write(
    session: AsyncSession, registration: Registration, email: str, hashed: str, now: datetime
) -> tuple[UUID, bool]:
    row = {
        "id": new_id(),
        "email": email,
        "created_at": now,
        "password_hash": hashed,
        "display_name": registration.display_name,
        "language": registration.language.value,
        "time_zone": registration.time_zone,
        "country": registration.country,
    }
    # Somebody may take the handle between the look and the write: then look again.
    for _ in range(_TRIES):
        handles = await free_handles(session, registration.handle or registration.display_name)
        try:
            async with session.begin_nested():
                return await _upsert(session, row | {"handle": handles[0]})
        except IntegrityError as error:
            if "uq_accounts_handle" not in str(error.orig):
                raise
    return await _upsert(session, row | {"handle": new_id().hex[:30]})


async def _upsert(session: AsyncSession, row: Mapping[str, Any]) -> tuple[UUID, bool]:
    statement = insert(Account).values(row)
    waits = Account.confirmed_at.is_(None)
    replaced = {name: case((waits, statement.excluded[name]), else_=getattr(Account, name)) for name in _REPLACED}
    found = await session.execute(
        statement.on_conflict_do_update(index_elements=[Account.email], set_=replaced).returning(
            Account.id, Account.confirmed_at
        )
    )
    account_id, confirmed_at = found.one()
    return account_id, confirmed_at is not None
