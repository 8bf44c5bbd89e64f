"""What is given out and what is left of somebody who leaves."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event
from orderhub.domain.messages.models import Message
from orderhub.domain.messages.personal_data import MESSAGES
from orderhub.domain.orders.models import Order


async def test_one_gets_and_erases_what_one_wrote_and_nothing_else(
    session: AsyncSession,
    place: Callable[..., Awaitable[Order]],
    write: Callable[..., Awaitable[Message]],
    awa: UUID,
    bruno: UUID,
) -> None:
    order = await place()
    await write(order.conversation_id, awa, "Je suis Awa")
    await write(order.conversation_id, bruno, "Je suis Bruno")
    assert [message["text"] for message in await MESSAGES.export(session, awa)] == ["Je suis Awa"]
    assert MESSAGES.erase is not None
    await MESSAGES.erase(session, awa)
    session.expire_all()
    texts = await session.scalars(select(Message.text).order_by(Message.number))
    told = await session.scalars(select(Event.data["message"]["text"].astext).order_by(Event.sequence))
    assert list(texts) == list(told) == ["", "Je suis Bruno"]
