"""The holidays that an installation begins with."""

import asyncio
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import queries as audit
from orderhub.domain.policies import queries, service
from orderhub.domain.policies.seeding import seed_policies
from orderhub.domain.policies.service import Change
from orderhub.infra.database import Database
from orderhub.kit.pages import PageRequest
from tests.making.instants import NOON


async def days(session: AsyncSession) -> dict[date, str]:
    return {holiday.day: holiday.label for holiday in await queries.holidays(session)}


async def test_a_year_in_france_has_eleven_holidays_in_french(session: AsyncSession) -> None:
    assert await seed_policies(session, "FR", [2027]) == 11
    found = await days(session)
    assert found[date(2027, 3, 29)] == "Lundi de Pâques"
    assert found[date(2027, 7, 14)] == "Fête nationale"


async def test_a_second_start_adds_only_the_new_year(session: AsyncSession) -> None:
    await seed_policies(session, "FR", [2026, 2027])
    assert await seed_policies(session, "FR", [2026, 2027]) == 0
    assert await seed_policies(session, "FR", [2027, 2028]) == 11
    assert {day.year for day in await days(session)} == {2026, 2027, 2028}
    written = (await audit.entries(session, PageRequest(), action="holidays.seeded")).data
    assert [entry.account_id for entry in written] == [None, None]


async def test_a_year_that_staff_changed_stays_as_they_left_it(session: AsyncSession, chloe: UUID) -> None:
    await seed_policies(session, "FR", [2027])
    mine = {date(2027, 12, 24): "Réveillon"}
    await service.change_holidays(session, Change(chloe, NOON), mine)
    assert await seed_policies(session, "FR", [2027]) == 0
    assert await days(session) == mine


async def test_countries_of_the_house_are_known_and_an_unknown_one_begins_empty(session: AsyncSession) -> None:
    for place, country in enumerate(("BE", "CH", "CA", "CI", "CM", "SN", "GA")):
        assert await seed_policies(session, country, [2030 + place]) > 3
    assert await seed_policies(session, "ZZ", [2050]) == 0


async def test_two_processes_that_start_at_once_add_the_days_once(database: Database) -> None:
    async def start() -> int:
        async with database.session() as session:
            return await seed_policies(session, "FR", [2027])

    assert sum(await asyncio.gather(start(), start(), start())) == 11
    async with database.session() as session:
        assert len(await days(session)) == 11
