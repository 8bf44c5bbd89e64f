"""People and their sign-ins as rows, for tests that need somebody rather than a registration."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.tokens import Claims
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from tests.making.instants import NOON


def new_person(handle: str = "awa", *, now: datetime = NOON, **parts: Any) -> Account:
    """Somebody French without a password, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "email": f"{handle}@example.fr",
        "handle": handle,
        "display_name": handle.title(),
        "password_hash": None,
        "language": "fr",
        "time_zone": "Europe/Paris",
        "country": "FR",
        "roles": [],
        "created_at": now,
    }
    return Account(**(plain | parts))


async def add_person(session: AsyncSession, handle: str = "awa", *, now: datetime = NOON, **parts: Any) -> UUID:
    """The same, in the caller's unit of work."""
    account = new_person(handle, now=now, **parts)
    session.add(account)
    await session.flush()
    return account.id


def new_sign_in(account_id: UUID, **parts: Any) -> SignInSession:
    """A sign-in of a moment ago, alive unless said otherwise."""
    now = real_now()
    plain: dict[str, Any] = {
        "id": new_id(),
        "account_id": account_id,
        "created_at": now,
        "last_used_at": now,
        "expires_at": now + timedelta(days=30),
    }
    return SignInSession(**(plain | parts))


async def sign_up(database: Database, handle: str = "awa", *roles: str) -> Claims:
    """Somebody confirmed and signed in, committed: what their token says."""
    now = real_now()
    async with database.session() as session:
        account_id = await add_person(session, handle, now=now, roles=list(roles), confirmed_at=now)
        signed_in = new_sign_in(account_id)
        session.add(signed_in)
    return Claims(account_id, signed_in.id, frozenset(roles))


def cheap_hash() -> PasswordHash:
    """Real argon2, but cheap: what it must cost is tested beside the passwords."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1),))


def cheap_passwords() -> Passwords:
    """Passwords for people who sign in often."""
    return Passwords(2, hasher=cheap_hash())
