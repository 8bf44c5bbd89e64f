"""What Awa ordered from Bruno: rows as the engine leaves them, written without it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.messages.models import Conversation, ConversationMember
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

LIFE: Final = (
    ("", "place", "awaiting_payment"),
    ("awaiting_payment", "confirm_payment", "awaiting_acceptance"),
    ("awaiting_acceptance", "accept", "in_progress"),
    ("in_progress", "deliver", "delivered"),
    ("delivered", "approve", "completed"),
)
"""From, action, to: the shortest way through the table to a completed order."""
_SAID: Final[dict[str, Any]] = {"deliver": {"files": []}}
"""What each of its actions always says."""


def new_order(buyer_id: UUID, seller_id: UUID, *, now: datetime = NOON, **parts: Any) -> Order:
    """A logo for 120 EUR that waits for its payment, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "kind": "service",
        "status": "awaiting_payment",
        "version": 1,
        "buyer_id": buyer_id,
        "seller_id": seller_id,
        "conversation_id": new_id(),
        "title": "Logo pour une boulangerie",
        "category": "graphic_design",
        "currency": "EUR",
        "total": 12_000,
        "lines": [{"id": "lst_x", "title": "Logo", "price": 12_000, "days": 5}],
        "commission_basis_points": 1000,
        "terms": {"conversation_after": "P7D", "review": "P180D"},
        "details": {"days": 5},
        "placed_at": now,
        "status_since": now,
        "clock_anchor": now,
    }
    return Order(**(plain | parts))


async def add_order(session: AsyncSession, buyer_id: UUID, seller_id: UUID, **parts: Any) -> Order:
    """The same, in the caller's unit of work."""
    order = new_order(buyer_id, seller_id, **parts)
    session.add(order)
    await session.flush()
    return order


async def lead(session: AsyncSession, order: Order, *statuses: str, final_at: datetime = NOON) -> None:
    """Lead an order through these statuses, as the edges of its table allow."""
    for status in statuses:
        ended = final_at if status in ("completed", "cancelled") else None
        values = {"status": status, "version": Order.version + 1, "final_at": ended}
        await session.execute(update(Order).where(Order.id == order.id).values(values))


async def live(session: AsyncSession, order: Order, *, steps: int = len(LIFE), now: datetime = NOON) -> None:
    """Lead an order so far in its life, with its history; nothing was paid, so nothing is held."""
    for version, (left, action, reached) in enumerate(LIFE[:steps], start=1):
        if version > 1:
            await lead(session, order, reached, final_at=now)
        entry = {"subject_id": order.id, "version": version, "process": "service", "from_status": left}
        entry |= {"action": action, "to_status": reached, "by": "clock", "at": now, "data": _SAID.get(action, {})}
        await session.execute(insert(History).values(entry))


async def open_conversation(session: AsyncSession, order: Order) -> Conversation:
    """The conversation that an order is placed with, between its parties."""
    parties = (order.buyer_id, order.seller_id)
    conversation = Conversation(
        id=order.conversation_id, order_id=order.id, buyer_id=parties[0], seller_id=parties[1], created_at=NOON
    )
    session.add(conversation)
    await session.flush()
    session.add_all(ConversationMember(conversation_id=conversation.id, account_id=party) for party in parties)
    await session.flush()
    return conversation
