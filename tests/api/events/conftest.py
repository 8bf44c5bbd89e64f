"""People who are signed in, for the tests of feeds and streams."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from orderhub.api.dependencies import Caller
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id

SignUp = Callable[..., Awaitable[Caller]]


@pytest.fixture
def sign_up(database: Database) -> SignUp:
    """Makes a person with one session, by handle and staff roles."""

    async def make(handle: str, *roles: str) -> Caller:
        account_id, session_id, now = new_id(), new_id(), real_now()
        async with database.session() as session:
            session.add(
                Account(
                    id=account_id,
                    email=f"{handle}@example.fr",
                    handle=handle,
                    display_name=handle.title(),
                    password_hash=None,
                    language="fr",
                    time_zone="Europe/Paris",
                    country="FR",
                    roles=list(roles),
                    created_at=now,
                    confirmed_at=now,
                )
            )
            await session.flush()
            session.add(
                SignInSession(
                    id=session_id,
                    account_id=account_id,
                    created_at=now,
                    last_used_at=now,
                    expires_at=now + timedelta(days=30),
                )
            )
        return Caller(account_id, session_id, frozenset(roles))

    return make
