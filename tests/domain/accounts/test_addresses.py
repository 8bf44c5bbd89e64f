"""The address book: there is one default, whatever happens to it."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.addresses import add_address, change_address, delete_address
from orderhub.domain.accounts.errors import AddressNotFoundError
from orderhub.domain.accounts.models import Account, Address
from orderhub.domain.policies.bounds import BOUNDS
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now

HOME = PostalAddress("Awa Diop", "12 rue Oberkampf", "Paris", "FR", "75011")
WORK = PostalAddress("Awa Diop", "1 place de la Bourse", "Paris", "FR", "75002", company="Atelier Diop")


async def add(session: AsyncSession, account: Account, address: PostalAddress, *, is_default: bool = False) -> UUID:
    added = await add_address(session, account.id, address, is_default=is_default, now=real_now())
    return added.id


async def defaults(session: AsyncSession, account: Account) -> list[UUID]:
    rows = await session.scalars(select(Address.id).where(Address.account_id == account.id, Address.is_default))
    return list(rows)


async def test_the_first_address_is_the_default(session: AsyncSession, awa: Account) -> None:
    home = await add(session, awa, HOME)
    await add(session, awa, WORK)
    assert await defaults(session, awa) == [home]


async def test_the_default_moves(session: AsyncSession, awa: Account) -> None:
    home = await add(session, awa, HOME)
    work = await add(session, awa, WORK, is_default=True)
    assert await defaults(session, awa) == [work]
    await change_address(session, awa.id, home, {"is_default": True})
    assert await defaults(session, awa) == [home]


async def test_deleting_the_default_makes_the_newest_other_one_it(session: AsyncSession, awa: Account) -> None:
    home = await add(session, awa, HOME)
    await add(session, awa, WORK)
    newest = await add(session, awa, HOME)
    await delete_address(session, awa.id, home)
    assert await defaults(session, awa) == [newest]


async def test_a_change_is_checked_as_a_whole(session: AsyncSession, awa: Account) -> None:
    home = await add(session, awa, HOME)
    changed = await change_address(session, awa.id, home, {"country": "RE", "postcode": "97400", "city": "Saint-Denis"})
    assert (changed.country, changed.line1) == ("RE", "12 rue Oberkampf")


async def test_somebody_elses_address_is_not_there(session: AsyncSession, awa: Account, bruno: Account) -> None:
    home = await add(session, awa, HOME)
    with pytest.raises(AddressNotFoundError):
        await change_address(session, bruno.id, home, {"city": "Lyon"})
    with pytest.raises(AddressNotFoundError):
        await delete_address(session, bruno.id, home)


async def test_the_book_has_an_end(session: AsyncSession, awa: Account) -> None:
    for _ in range(BOUNDS["addresses"].usual):
        await add(session, awa, HOME)
    with pytest.raises(LimitReachedError):
        await add(session, awa, HOME)


async def test_two_defaults_at_once_leave_one(database: Database, awa_for_good: Account) -> None:
    async def add_default() -> None:
        async with database.session() as session:
            await add(session, awa_for_good, HOME, is_default=True)

    await asyncio.gather(*(add_default() for _ in range(6)))
    async with database.session() as session:
        assert len(await defaults(session, awa_for_good)) == 1
