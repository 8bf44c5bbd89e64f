"""Who may close a case, and which cases close here.

A reported problem and a chargeback of a running order, which the order counts, close through the order's
own row ``close_case``; all others here.
Nobody closes a case about an order or a conversation of their own.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases import queries, service
from orderhub.domain.cases.errors import CaseClosedError
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.messages.models import Conversation, MessageFlag
from orderhub.domain.orders.models import Order
from orderhub.domain.refusals import StaffPartyError

_COUNTED_BY_THE_ORDER: Final = (CaseKind.PROBLEM.value, CaseKind.CHARGEBACK.value)


async def closes_with_its_order(session: AsyncSession, case: Case) -> bool:
    """Whether the order's own table closes this case: it has no such row once the order is final."""
    if case.kind not in _COUNTED_BY_THE_ORDER:
        return False
    is_running = exists().where(Order.id == case.order_id, Order.final_at.is_(None))
    return bool(await session.scalar(select(is_running)))


async def take(session: AsyncSession, case_id: UUID, by: UUID) -> Case:
    """An open case that this member of staff may close.

    Raises CaseNotFoundError, CaseClosedError, and StaffPartyError for a party of what it is about.
    """
    case = await queries.find(session, case_id)
    if case.closed_at is not None:
        raise CaseClosedError("This case was closed before; its resolution says how.", resolution=case.resolution)
    if await _is_party(session, case, by):
        raise StaffPartyError
    return case


async def close(session: AsyncSession, case: Case, *, by: UUID, resolution: str, at: datetime) -> Case:
    """Close a case that is not its order's. Raises CaseClosedError when somebody was faster."""
    return await service.close(session, case.id, by=by, resolution=resolution, at=at)


async def _is_party(session: AsyncSession, case: Case, account_id: UUID) -> bool:
    of_order = exists().where(
        Order.id == case.order_id, or_(Order.buyer_id == account_id, Order.seller_id == account_id)
    )
    of_conversation = exists().where(
        MessageFlag.case_id == case.id,
        Conversation.id == MessageFlag.conversation_id,
        or_(Conversation.buyer_id == account_id, Conversation.seller_id == account_id),
    )
    return bool(await session.scalar(select(or_(of_order, of_conversation))))
