"""What Chloé finds in the queue, and how long it has waited."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.cases.service import close
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.policies import queries
from orderhub.domain.staff.queue import age, waiting
from orderhub.domain.staff.waiting_kinds import BY_CODE
from orderhub.kit.pages import PageRequest, read_cursor
from orderhub.kit.working_days import WorkingCalendar
from tests.making.instants import NOON

Place = Callable[[], Awaitable[Order]]
OpenCase = Callable[..., Awaitable[Case]]


async def queue(session: AsyncSession, kind: str | None = None) -> list[tuple[str, str, UUID]]:
    page = await waiting(session, PageRequest(), kind)
    return [(item.kind, item.prefix, item.id) for item in page.data]


async def test_an_order_waits_for_staff_once_it_is_disputed(
    session: AsyncSession, place: Place, dispute: Place
) -> None:
    await place()
    order = await dispute()
    (item,) = (await waiting(session, PageRequest())).data
    assert (item.kind, item.prefix, item.id, item.order_id) == ("dispute", "ord", order.id, order.id)
    assert (item.about, item.since) == ("Logo pour une boulangerie", NOON)


async def test_a_case_waits_until_it_is_closed(session: AsyncSession, open_case: OpenCase, chloe: UUID) -> None:
    case = await open_case(CaseKind.CONTACT_DETAILS)
    assert await queue(session) == [("contact_details", "cas", case.id)]
    await close(session, case.id, by=chloe, resolution="Averti.", at=NOON)
    assert await queue(session) == []


async def test_a_refused_refund_is_named_once(
    session: AsyncSession, open_case: OpenCase, payment: Payment, refused_refund: Refund, chloe: UUID
) -> None:
    case = await open_case(CaseKind.FAILED_REFUND, payment.order_id, payment.id)
    assert await queue(session) == [("failed_refund", "cas", case.id)]
    await close(session, case.id, by=chloe, resolution="On verra.", at=NOON)
    assert await queue(session) == [("failed_refund", "rfd", refused_refund.id)]


async def test_one_kind_may_be_asked_for(session: AsyncSession, dispute: Place, open_case: OpenCase) -> None:
    order = await dispute()
    problem = await open_case(CaseKind.PROBLEM, order.id)
    assert await queue(session, "problem") == [("problem", "cas", problem.id)]
    assert await queue(session, "chargeback") == []


async def test_pages_join_without_gap_or_overlap(session: AsyncSession, dispute: Place, open_case: OpenCase) -> None:
    expected = [(await dispute()).id, (await open_case(CaseKind.CONTACT_DETAILS)).id, (await dispute()).id]
    expected += [(await open_case(CaseKind.PROBLEM)).id, (await dispute()).id]
    found: list[UUID] = []
    after: UUID | None = None
    for size in (2, 2, 1):
        page = await waiting(session, PageRequest(2, after))
        assert len(page.data) == size
        found += [item.id for item in page.data]
        after = read_cursor(page.next_cursor) if page.next_cursor else None
    assert after is None
    assert found == sorted(expected, reverse=True)


@pytest.mark.parametrize(
    ("now", "days", "is_overdue"),
    [
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), 0, False),
        (datetime(2026, 11, 25, 11, 59, tzinfo=UTC), 0, False),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), 1, False),
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), 2, True),
        (datetime(2026, 11, 30, 12, 0, tzinfo=UTC), 4, True),
    ],
)
async def test_staff_are_late_after_two_working_days(
    session: AsyncSession, now: datetime, days: int, *, is_overdue: bool
) -> None:
    policy = await queries.current(session)
    calendar = WorkingCalendar(UTC, holidays=frozenset({date(2026, 11, 24)}))
    found = age(NOON, now, calendar, policy)
    assert (found.working_days, found.is_overdue, found.elapsed) == (days, is_overdue, now - NOON)
    assert found.elapsed >= timedelta()


def test_each_kind_of_case_has_its_place_a_label_and_somebody_whose_work_it_is() -> None:
    assert {kind.value for kind in CaseKind} <= BY_CODE.keys()
    assert {kind.role for kind in BY_CODE.values()} <= {role.value for role in StaffRole}
