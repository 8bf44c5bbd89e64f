"""Who may read and write, and until when."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.errors import ConversationNotFoundError, ConversationReadOnlyError
from orderhub.domain.messages.models import ConversationMember, Message
from orderhub.domain.messages.participation import Role
from orderhub.domain.orders.allowances import Silence
from orderhub.domain.orders.models import Order
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

WEEK = timedelta(days=7)
SUPPORT = frozenset({"support"})
NOBODY: frozenset[str] = frozenset()
Place = Callable[..., Awaitable[Order]]
Write = Callable[..., Awaitable[Message]]


async def test_strangers_and_absent_conversations_answer_alike(
    session: AsyncSession, place: Place, driss: UUID
) -> None:
    order = await place()
    for conversation_id in (order.conversation_id, new_id()):
        with pytest.raises(ConversationNotFoundError):
            await standing(session, conversation_id, account_id=driss, roles=frozenset({"finance", "admin"}))


async def test_the_parties_of_a_running_order_may_write(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID
) -> None:
    order = await place("awaiting_acceptance", "in_progress", paid=True)
    for account_id, role in ((awa, Role.BUYER), (bruno, Role.SELLER)):
        seat = await standing(session, order.conversation_id, account_id=account_id, roles=NOBODY)
        assert (seat.role, seat.silence(NOON + timedelta(days=300)), seat.writable_until) == (role, None, None)


@pytest.mark.parametrize("statuses", [("cancelled",), ("awaiting_acceptance", "in_progress", "delivered", "completed")])
async def test_a_final_order_stays_writable_for_a_week_and_then_readable(
    session: AsyncSession, place: Place, write: Write, awa: UUID, statuses: tuple[str, ...]
) -> None:
    order = await place(*statuses, final_at=NOON)
    last = NOON + WEEK - timedelta(seconds=1)
    await write(order.conversation_id, awa, "Merci !", now=last)
    with pytest.raises(ConversationReadOnlyError) as refusal:
        await write(order.conversation_id, awa, "Encore merci !", now=NOON + WEEK)
    assert refusal.value.extras["reason"] == "period_over"
    seat = await standing(session, order.conversation_id, account_id=awa, roles=NOBODY)
    assert seat.writable_until == NOON + WEEK
    assert seat.conversation.message_count == 1


@pytest.mark.parametrize(
    ("column", "silence"), [("erased_at", Silence.PARTY_ERASED), ("suspended_at", Silence.PARTY_SUSPENDED)]
)
async def test_nobody_writes_to_somebody_who_is_gone(
    session: AsyncSession, place: Place, awa: UUID, bruno: UUID, column: str, silence: Silence
) -> None:
    order = await place()
    await session.execute(update(Account).where(Account.id == bruno).values({column: NOON}))
    seat = await standing(session, order.conversation_id, account_id=awa, roles=NOBODY)
    assert seat.silence(NOON) is silence


async def test_support_sees_nothing_of_a_quiet_order(session: AsyncSession, place: Place, chloe: UUID) -> None:
    order = await place("awaiting_acceptance", "in_progress", paid=True)
    with pytest.raises(ConversationNotFoundError):
        await standing(session, order.conversation_id, account_id=chloe, roles=SUPPORT)


async def test_support_helps_while_a_reported_problem_is_open(
    session: AsyncSession, place: Place, write: Write, awa: UUID, chloe: UUID
) -> None:
    order = await place("awaiting_acceptance", "in_progress", paid=True)
    case = Case(
        id=new_id(), kind=CaseKind.PROBLEM.value, order_id=order.id, opened_by=awa, reason="Rien reçu", opened_at=NOON
    )
    session.add(case)
    await session.flush()
    message = await write(order.conversation_id, chloe, "Nous regardons : support@example.fr", roles=SUPPORT)
    assert (message.author_role, message.spans) == ("staff", [])
    assert set(await session.scalars(select(ConversationMember.unread))) == {1}
    with pytest.raises(ConversationNotFoundError):
        await standing(session, order.conversation_id, account_id=chloe, roles=frozenset({"finance"}))
    case.closed_at = NOON
    await session.flush()
    with pytest.raises(ConversationNotFoundError):
        await standing(session, order.conversation_id, account_id=chloe, roles=SUPPORT)


async def test_support_that_only_looks_at_flags_does_not_read_the_conversation(
    session: AsyncSession, place: Place, write: Write, awa: UUID, chloe: UUID
) -> None:
    order = await place()
    await write(order.conversation_id, awa, "paypal.me/awa")
    with pytest.raises(ConversationNotFoundError):
        await standing(session, order.conversation_id, account_id=chloe, roles=SUPPORT)


async def test_support_helps_in_a_dispute(session: AsyncSession, place: Place, chloe: UUID) -> None:
    order = await place("awaiting_acceptance", "in_progress", "disputed", paid=True)
    seat = await standing(session, order.conversation_id, account_id=chloe, roles=SUPPORT)
    assert (seat.role, seat.other, seat.silence(NOON)) == (Role.STAFF, None, None)
