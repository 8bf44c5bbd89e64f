"""Flags: messages that held contact details, gathered by the case that was opened for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.messages.models import Message, MessageFlag

SHOWN_PER_CASE = 20


@dataclass(frozen=True, slots=True)
class FlaggedMessage:
    """One flagged message as it was written, and which kinds of contact details it held."""

    message_id: UUID
    conversation_id: UUID
    author_id: UUID
    text: str
    kinds: Sequence[str]
    flagged_at: datetime


async def flagged_messages(session: AsyncSession, case_ids: Sequence[UUID]) -> Mapping[UUID, list[FlaggedMessage]]:
    """The newest flagged messages of each case, at most `SHOWN_PER_CASE`, newest first."""
    place = func.row_number().over(partition_by=MessageFlag.case_id, order_by=MessageFlag.id.desc())
    ranked = select(MessageFlag.id, place.label("place")).where(MessageFlag.case_id.in_(case_ids)).subquery()
    query = (
        select(MessageFlag, Message.text)
        .join(Message, Message.id == MessageFlag.message_id)
        .join(ranked, ranked.c.id == MessageFlag.id)
        .where(ranked.c.place <= SHOWN_PER_CASE)
        .order_by(MessageFlag.id.desc())
    )
    found: defaultdict[UUID, list[FlaggedMessage]] = defaultdict(list)
    for flag, text in await session.execute(query):
        found[flag.case_id].append(
            FlaggedMessage(flag.message_id, flag.conversation_id, flag.account_id, text, flag.kinds, flag.flagged_at)
        )
    return found
