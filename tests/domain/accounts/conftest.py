"""People who have accounts: Awa buys, Bruno sells, Chloé is staff."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.accounts.opening import NewAccount, open_account
from orderhub.domain.accounts.passwords import Passwords
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from tests.making.people import cheap_passwords

AWA = NewAccount("awa@example.com", "mangues-du-marche", "Awa Diop", "awa", country="SN", time_zone="Africa/Dakar")
BRUNO = NewAccount("bruno@example.com", "pinceaux-et-encre", "Bruno Lefèvre", "bruno")
CHLOE = NewAccount(
    "chloe@orderhub.example", "justice-et-justesse", "Chloé Martin", "chloe", frozenset({StaffRole.SUPPORT})
)
DAVID = NewAccount("david@orderhub.example", "clefs-de-la-maison", "David Roche", "david", frozenset({StaffRole.ADMIN}))

OpenPerson = Callable[[AsyncSession, NewAccount], Awaitable[Account]]


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    """Real argon2, but cheap: what it must cost is tested in test_passwords.py."""
    found = cheap_passwords()
    yield found
    found.close()


@pytest.fixture
def open_person(passwords: Passwords) -> OpenPerson:
    """Open one person's account in a unit of work."""

    async def open_one(session: AsyncSession, person: NewAccount) -> Account:
        return await open_account(session, passwords, person, now=real_now())

    return open_one


@pytest.fixture
async def awa(session: AsyncSession, open_person: OpenPerson) -> Account:
    return await open_person(session, AWA)


@pytest.fixture
async def bruno(session: AsyncSession, open_person: OpenPerson) -> Account:
    return await open_person(session, BRUNO)


@pytest.fixture
async def chloe(session: AsyncSession, open_person: OpenPerson) -> Account:
    return await open_person(session, CHLOE)


@pytest.fixture
async def david(session: AsyncSession, open_person: OpenPerson) -> Account:
    return await open_person(session, DAVID)


@pytest.fixture
async def awa_for_good(database: Database, open_person: OpenPerson) -> Account:
    """Awa in a database of this test's own, committed."""
    async with database.session() as session:
        return await open_person(session, AWA)
