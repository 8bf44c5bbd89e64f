"""The messages behind a flag, as Chloé reads them."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.staff.flags import SHOWN_PER_CASE, flagged_texts
from tests.making.messages import add_flagged_message
from tests.making.orders import open_conversation


async def test_the_newest_messages_of_each_case_come_first_and_are_bounded(
    session: AsyncSession,
    place: Callable[[], Awaitable[Order]],
    open_case: Callable[..., Awaitable[Case]],
    bruno: UUID,
) -> None:
    cases = [await open_case(CaseKind.CONTACT_DETAILS), await open_case(CaseKind.CONTACT_DETAILS)]
    for case, count in zip(cases, (SHOWN_PER_CASE + 1, 1), strict=True):
        conversation = await open_conversation(session, await place())
        for number in range(1, count + 1):
            await add_flagged_message(session, conversation, case, number)
    found = await flagged_texts(session, [case.id for case in cases])
    assert [len(found[case.id]) for case in cases] == [SHOWN_PER_CASE, 1]
    newest = found[cases[0].id][0]
    assert newest.text == f"Écrivez-moi : bruno{SHOWN_PER_CASE + 1}@example.test"
    assert (newest.author_id, newest.kinds) == (bruno, ["email"])
    assert await flagged_texts(session, []) == {}
