"""Cases are found, closed once, and the audit remembers who did."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import queries as audit
from orderhub.domain.cases import queries
from orderhub.domain.cases.errors import CaseClosedError, CaseNotFoundError
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.cases.service import close
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.pages import Page, PageRequest
from tests.making.instants import NOON
from tests.making.people import add_person


@pytest.fixture
async def chloe(session: AsyncSession) -> UUID:
    return await add_person(session, "chloe", display_name="Chloé", roles=["support"])


@pytest.fixture
async def case(session: AsyncSession) -> Case:
    found = Case(id=new_id(), kind=CaseKind.CONTACT_DETAILS.value, reason="Une adresse", opened_at=NOON)
    session.add(found)
    await session.flush()
    return found


async def test_a_case_is_closed_with_what_was_decided(session: AsyncSession, case: Case, chloe: UUID) -> None:
    await close(session, case.id, by=chloe, resolution="Bruno est averti.", at=NOON)
    await session.flush()
    found = await queries.find(session, case.id)
    assert (found.closed_at, found.closed_by, found.resolution) == (NOON, chloe, "Bruno est averti.")
    (entry,) = (await audit.entries(session, PageRequest(), subject=show_id("cas", case.id))).data
    assert (entry.account_id, entry.action, entry.after) == (chloe, "case.closed", {"resolution": "Bruno est averti."})


async def test_a_case_is_closed_once(session: AsyncSession, case: Case, chloe: UUID) -> None:
    await close(session, case.id, by=chloe, resolution="Bruno est averti.", at=NOON)
    await session.flush()
    with pytest.raises(CaseClosedError) as refusal:
        await close(session, case.id, by=chloe, resolution="Encore.", at=NOON)
    assert refusal.value.extras == {"resolution": "Bruno est averti."}


async def test_what_is_not_there_is_not_found(session: AsyncSession, chloe: UUID) -> None:
    with pytest.raises(CaseNotFoundError):
        await queries.find(session, new_id())
    with pytest.raises(CaseNotFoundError):
        await close(session, new_id(), by=chloe, resolution="Rien.", at=NOON)


async def test_cases_are_found_by_kind_and_by_whether_they_are_open(
    session: AsyncSession, case: Case, chloe: UUID
) -> None:
    other = Case(id=new_id(), kind=CaseKind.CHARGEBACK.value, reason="Impayé", opened_at=NOON)
    session.add(other)
    await close(session, case.id, by=chloe, resolution="Vu.", at=NOON)
    await session.flush()

    def ids(page: Page[Case]) -> list[UUID]:
        return [found.id for found in page.data]

    page = PageRequest()
    assert ids(await queries.cases(session, page)) == [other.id, case.id]
    assert ids(await queries.cases(session, page, is_open=True)) == [other.id]
    assert ids(await queries.cases(session, page, is_open=False)) == [case.id]
    assert ids(await queries.cases(session, page, kind=CaseKind.CONTACT_DETAILS)) == [case.id]
    assert ids(await queries.cases(session, page, order_id=new_id())) == []
    assert ids(await queries.cases(session, PageRequest(1, other.id))) == [case.id]
