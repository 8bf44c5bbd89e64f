"""What somebody says of their business while their account goes."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.models import Account
from orderhub.domain.traders.errors import TraderNotFoundError
from orderhub.domain.traders.facts import TraderFacts
from orderhub.domain.traders.models import Trader
from orderhub.domain.traders.service import Decision, decide, submit
from orderhub.infra.database import Database
from orderhub.kit.errors import UnauthenticatedError
from tests.engine.scene import sign_in
from tests.making.instants import NOON

LYON = PostalAddress(name="Bruno Kalo", line1="8 rue de la Soie", postcode="69001", city="Lyon", country="FR")
_ROUNDS = 8


async def test_nobody_submits_once_erased(session: AsyncSession, bruno: UUID) -> None:
    (await session.get_one(Account, bruno)).erased_at = NOON
    await session.flush()
    with pytest.raises(UnauthenticatedError):
        await submit(session, bruno, TraderFacts("Kalo", "732829320", None, LYON), now=NOON)
    assert (await session.scalars(select(Trader))).all() == []


async def test_what_is_submitted_anew_beside_a_decision_waits_for_one_of_its_own(
    database: Database,
) -> None:
    """Staff decide on what they read: never is anything verified that was said at the same instant."""
    admin = (await sign_in(database, "chloe")).account_id
    for _ in range(_ROUNDS):
        bruno = (await sign_in(database, "bruno")).account_id
        submission = (await say(database, bruno, "Kalo")).id

        async def verify(submission_id: UUID = submission) -> None:
            async with database.session() as session:
                await decide(session, submission_id, Decision.VERIFY, by=admin, reason=None, now=NOON)

        answers = await asyncio.gather(say(database, bruno, "Kalo & Fils"), verify(), return_exceptions=True)
        wrong = [each for each in answers if isinstance(each, BaseException)]
        assert all(isinstance(each, TraderNotFoundError) for each in wrong), wrong
        async with database.session() as session:
            kept = await session.get_one(Trader, bruno)
            assert (kept.name, kept.status) == ("Kalo & Fils", "pending")


async def say(database: Database, account_id: UUID, name: str) -> Trader:
    """Somebody submits their facts."""
    async with database.session() as session:
        return await submit(session, account_id, TraderFacts(name, "732829320", None, LYON), now=NOON)
