"""What somebody says of their business while their account goes."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.models import Account
from orderhub.domain.traders.facts import TraderFacts
from orderhub.domain.traders.models import Trader
from orderhub.domain.traders.service import submit
from orderhub.kit.errors import UnauthenticatedError
from tests.making.instants import NOON

LYON = PostalAddress(name="Bruno Kalo", line1="8 rue de la Soie", postcode="69001", city="Lyon", country="FR")


async def test_nobody_submits_once_erased(session: AsyncSession, bruno: UUID) -> None:
    (await session.get_one(Account, bruno)).erased_at = NOON
    await session.flush()
    with pytest.raises(UnauthenticatedError):
        await submit(session, bruno, TraderFacts("Kalo", "732829320", None, LYON), now=NOON)
    assert (await session.scalars(select(Trader))).all() == []
