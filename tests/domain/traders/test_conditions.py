"""Whether somebody is a trader, asked within a statement about accounts."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.traders.conditions import is_trader, trader_address, trader_facts
from tests.making.traders import FACTS, new_trader


async def seen(session: AsyncSession, account_id: UUID) -> tuple[Any, ...]:
    columns = (is_trader(Account.id), trader_facts(Account.id), trader_address(Account.id))
    return tuple((await session.execute(select(*columns).where(Account.id == account_id))).one())


async def test_a_verified_trader_is_one_with_its_facts_and_address(session: AsyncSession, bruno: UUID) -> None:
    session.add(new_trader(bruno))
    await session.flush()
    assert await seen(session, bruno) == (True, FACTS, FACTS["address"])


async def test_somebody_who_submitted_nothing_is_none(session: AsyncSession, bruno: UUID, awa: UUID) -> None:
    session.add(new_trader(bruno))
    await session.flush()
    assert await seen(session, awa) == (False, None, None)


async def test_somebody_who_waits_for_the_first_verification_is_none_yet(session: AsyncSession, bruno: UUID) -> None:
    session.add(new_trader(bruno, status="pending", decided_at=None, verified=None, verified_at=None))
    await session.flush()
    assert await seen(session, bruno) == (False, None, None)


async def test_a_trader_stays_one_by_what_was_verified_while_changed_facts_wait(
    session: AsyncSession, bruno: UUID
) -> None:
    session.add(new_trader(bruno, name="Kalo & Fils", status="pending", decided_at=None))
    await session.flush()
    assert await seen(session, bruno) == (True, FACTS, FACTS["address"])
