"""People who are signed in, for the tests of feeds and streams."""

from collections.abc import Awaitable, Callable

import pytest

from orderhub.api.dependencies import Caller
from orderhub.infra.database import Database
from tests.making import people

SignUp = Callable[..., Awaitable[Caller]]


@pytest.fixture
def sign_up(database: Database) -> SignUp:
    """Makes a person with one session, by handle and staff roles."""

    async def make(handle: str, *roles: str) -> Caller:
        who = await people.sign_up(database, handle, *roles)
        return Caller(who.account_id, who.session_id, who.roles)

    return make
