"""Who may close which case."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.errors import CaseClosedError, CaseNotFoundError
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.cases.service import close
from orderhub.domain.orders.models import Order
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.staff.closing import running_version, take
from orderhub.kit.ids import new_id
from tests.making.instants import NOON
from tests.making.messages import add_flagged_message
from tests.making.orders import open_conversation

OpenCase = Callable[..., Awaitable[Case]]
Place = Callable[[], Awaitable[Order]]


async def test_chloe_closes_what_is_not_hers(
    session: AsyncSession, place: Place, open_case: OpenCase, chloe: UUID
) -> None:
    case = await open_case(CaseKind.CHARGEBACK, (await place()).id)
    assert (await take(session, case.id, chloe)).id == case.id
    await close(session, case.id, by=chloe, resolution="Vu.", at=NOON)
    await session.flush()
    with pytest.raises(CaseClosedError):
        await take(session, case.id, chloe)
    with pytest.raises(CaseNotFoundError):
        await take(session, new_id(), chloe)


async def test_nobody_closes_a_case_of_their_own_order(
    session: AsyncSession, place: Place, open_case: OpenCase, awa: UUID, bruno: UUID
) -> None:
    case = await open_case(CaseKind.CHARGEBACK, (await place()).id)
    for party in (awa, bruno):
        with pytest.raises(StaffPartyError):
            await take(session, case.id, party)


async def test_nobody_closes_the_flag_of_their_own_conversation(
    session: AsyncSession, place: Place, open_case: OpenCase, chloe: UUID
) -> None:
    case, order = await open_case(CaseKind.CONTACT_DETAILS), await place()
    await add_flagged_message(session, await open_conversation(session, order), case)
    with pytest.raises(StaffPartyError):
        await take(session, case.id, order.buyer_id)
    assert (await take(session, case.id, chloe)).id == case.id


async def test_only_what_a_running_order_counts_closes_with_it(
    session: AsyncSession, place: Place, open_case: OpenCase
) -> None:
    order = await place()
    problem = await open_case(CaseKind.PROBLEM, order.id)
    chargeback = await open_case(CaseKind.CHARGEBACK, order.id)
    assert [await running_version(session, case.id) for case in (problem, chargeback)] == [1, 1]
    assert await running_version(session, (await open_case(CaseKind.CONTACT_DETAILS, order.id)).id) is None
    assert await running_version(session, (await open_case(CaseKind.PROBLEM)).id) is None
    over = {"status": "cancelled", "version": 2, "final_at": NOON}
    await session.execute(update(Order).where(Order.id == order.id).values(over))
    assert await running_version(session, problem.id) is None
