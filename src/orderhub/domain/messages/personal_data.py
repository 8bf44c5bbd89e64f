"""What conversations hold of a person: what they wrote. Erased, their messages are empty, also in the log."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.events.models import Event
from orderhub.domain.messages.models import Message
from orderhub.domain.messages.service import SENT
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_messages(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Everything that a person wrote, oldest first."""
    rows = await session.scalars(select(Message).where(Message.author_id == account_id).order_by(Message.id))
    return [
        {
            "id": show_id("msg", row.id),
            "conversation_id": show_id("cnv", row.conversation_id),
            "text": row.text,
            "attachments": [show_id("fil", file_id) for file_id in row.file_ids],
            "sent_at": show_instant(row.sent_at),
        }
        for row in rows
    ]


async def erase_messages(session: AsyncSession, account_id: UUID) -> None:
    """Empty what a person wrote; that they wrote, and when, stays for the other party."""
    without_sync = {"synchronize_session": False}
    await session.execute(
        update(Message).where(Message.author_id == account_id).values(text="", spans=[], file_ids=[]),
        execution_options=without_sync,
    )
    author = Event.data["message"]["author"]["id"].astext
    empty = {"text": "", "attachments": list[str]()}
    message = Event.data["message"].op("||", return_type=JSONB())(literal(empty, JSONB()))
    await session.execute(
        update(Event)
        .where(
            or_(Event.first_party == account_id, Event.second_party == account_id),
            Event.topic == SENT,
            author == show_id("acc", account_id),
        )
        .values(data=func.jsonb_set(Event.data, ["message"], message, type_=JSONB())),
        execution_options=without_sync,
    )


MESSAGES = Holding(export_messages, erase_messages)
"""For `personal_data.register`."""
