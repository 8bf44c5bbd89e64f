"""The people of these tests: Chloé and Idris are admins of the house."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.infra.database import Database
from tests.making.instants import NOON
from tests.making.people import new_person


def admin(handle: str) -> Account:
    return new_person(handle, roles=["admin"], confirmed_at=NOON)


@pytest.fixture
async def chloe(session: AsyncSession) -> UUID:
    account = admin("chloe")
    session.add(account)
    await session.flush()
    return account.id


@pytest.fixture
async def two_admins(database: Database) -> tuple[UUID, UUID]:
    """Chloé and Idris, committed."""
    chloe, idris = admin("chloe"), admin("idris")
    async with database.session() as session:
        session.add_all([chloe, idris])
    return chloe.id, idris.id
