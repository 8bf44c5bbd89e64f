"""What conversations hold of a person: what they wrote. Erased, their messages are empty, also in the log."""

from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.events.models import Event
from orderhub.domain.events.rewriting import rewrite, seen_by
from orderhub.domain.messages.models import Conversation, Message
from orderhub.domain.messages.service import SENT
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import parse_id, show_id


async def export_messages(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Everything that a person wrote, oldest first."""
    rows = await session.scalars(select(Message).where(Message.author_id == account_id).order_by(Message.id))
    return [
        {
            "id": show_id("msg", row.id),
            "conversation_id": show_id("cnv", row.conversation_id),
            "text": row.text,
            "action": row.action,
            "attachments": [show_id("fil", file_id) for file_id in row.file_ids],
            "sent_at": show_instant(row.sent_at),
        }
        for row in rows
    ]


async def erase_messages(session: AsyncSession, account_id: UUID) -> None:
    """Empty what a person wrote; that they wrote, and when, stays for the other party."""
    await session.execute(
        update(Message).where(Message.author_id == account_id).values(text="", spans=[], file_ids=[]),
        execution_options={"synchronize_session": False},
    )
    titled = frozenset(await session.scalars(_titled(account_id)))
    change = partial(_forget, account_id=account_id, titled=titled)
    await rewrite(session, seen_by(account_id) & (Event.topic == SENT), change)


def _titled(account_id: UUID) -> Select[UUID]:
    """The conversations whose title this person chose: about their listing, or what they asked the house to buy."""
    by_house = and_(Conversation.seller_id == HOUSE_ID, Conversation.buyer_id == account_id)
    return select(Conversation.id).where(or_(Conversation.seller_id == account_id, by_house))


def _forget(data: dict[str, Any], *, account_id: UUID, titled: frozenset[UUID]) -> dict[str, Any]:
    message: dict[str, Any] = dict(data["message"])
    if message["author"] and message["author"]["id"] == show_id("acc", account_id):
        author = {**message["author"], "handle": erased_handle(account_id)}
        message |= {"author": author, "text": "", "masked": [], "attachments": []}
    if parse_id("cnv", message["conversation_id"]) in titled:
        message["title"] = FORGOTTEN
    return {**data, "message": message}


MESSAGES = Holding(export_messages, erase_messages)
"""For `personal_data.register`."""
