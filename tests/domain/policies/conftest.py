"""The people of these tests: Chloé and Idris are admins of the house."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def admin(handle: str) -> Account:
    return Account(
        id=new_id(),
        email=f"{handle}@orderhub.test",
        handle=handle,
        display_name=handle.title(),
        password_hash=None,
        language="fr",
        time_zone="Europe/Paris",
        country="FR",
        roles=["admin"],
        created_at=NOON,
        confirmed_at=NOON,
    )


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
