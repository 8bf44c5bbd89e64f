"""The messages behind a flag, as Chloé reads them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.messages.models import Conversation, Message, MessageFlag
from orderhub.domain.orders.models import Order
from orderhub.domain.staff.flags import SHOWN_PER_CASE, flagged_messages
from orderhub.kit.ids import new_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def flag(session: AsyncSession, conversation: Conversation, case: Case, count: int) -> None:
    for number in range(1, count + 1):
        message = Message(
            id=new_id(),
            conversation_id=conversation.id,
            number=number,
            author_id=conversation.seller_id,
            author_role="seller",
            text=f"Écrivez-moi : bruno{number}@example.test",
            sent_at=NOON,
        )
        session.add(message)
        await session.flush()
        session.add(
            MessageFlag(
                id=new_id(),
                message_id=message.id,
                conversation_id=conversation.id,
                account_id=conversation.seller_id,
                case_id=case.id,
                kinds=["email"],
                flagged_at=NOON + timedelta(minutes=number),
            )
        )
    await session.flush()


async def test_the_newest_messages_of_each_case_come_first_and_are_bounded(
    session: AsyncSession,
    place: Callable[[], Awaitable[Order]],
    open_case: Callable[..., Awaitable[Case]],
    bruno: UUID,
) -> None:
    cases = [await open_case(CaseKind.CONTACT_DETAILS), await open_case(CaseKind.CONTACT_DETAILS)]
    for case, count in zip(cases, (SHOWN_PER_CASE + 1, 1), strict=True):
        order = await place()
        conversation = Conversation(
            id=new_id(), order_id=order.id, buyer_id=order.buyer_id, seller_id=bruno, created_at=NOON
        )
        session.add(conversation)
        await session.flush()
        await flag(session, conversation, case, count)
    found = await flagged_messages(session, [case.id for case in cases])
    assert [len(found[case.id]) for case in cases] == [SHOWN_PER_CASE, 1]
    newest = found[cases[0].id][0]
    assert newest.text == f"Écrivez-moi : bruno{SHOWN_PER_CASE + 1}@example.test"
    assert (newest.author_id, newest.kinds) == (bruno, ["email"])
    assert await flagged_messages(session, []) == {}
