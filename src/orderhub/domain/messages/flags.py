"""Flags: a message that led away from the hub is shown to staff, one case a conversation."""

from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.events import log
from orderhub.domain.messages.models import Message, MessageFlag
from orderhub.domain.messages.participation import Participation
from orderhub.kit.ids import new_id, show_id

OPENED: Final = "case.opened"


async def raise_flag(session: AsyncSession, place: Participation, message: Message, *, kinds: AbstractSet[str]) -> None:
    """Flag a message, under the conversation's open case or a new one.

    The caller holds the conversation's lock, so that two messages never open two cases.
    """
    case_id = await _open_case(session, message.conversation_id)
    if case_id is None:
        case_id = await _new_case(session, place, message)
    session.add(
        MessageFlag(
            id=new_id(),
            message_id=message.id,
            conversation_id=message.conversation_id,
            account_id=message.author_id,
            case_id=case_id,
            kinds=sorted(kinds),
            flagged_at=message.sent_at,
        )
    )


async def _open_case(session: AsyncSession, conversation_id: UUID) -> UUID | None:
    return await session.scalar(
        select(Case.id)
        .join(MessageFlag, MessageFlag.case_id == Case.id)
        .where(MessageFlag.conversation_id == conversation_id, Case.closed_at.is_(None))
        .limit(1)
    )


async def _new_case(session: AsyncSession, place: Participation, message: Message) -> UUID:
    case = Case(
        id=new_id(),
        kind=CaseKind.CONTACT_DETAILS.value,
        order_id=place.conversation.order_id,
        opened_by=None,
        reason=f"Contact details in {show_id('cnv', message.conversation_id)}.",
        opened_at=message.sent_at,
    )
    session.add(case)
    await session.flush()
    data = {
        "case_id": show_id("cas", case.id),
        "kind": case.kind,
        "order_id": case.order_id and show_id("ord", case.order_id),
    }
    log.write(session, topic=OPENED, subject=show_id("cas", case.id), sequence=1, at=message.sent_at, data=data)
    return case.id
