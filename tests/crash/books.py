"""The database after an accident, compared with what clients were told and with the tables' own rules.

Each function answers sentences about what is wrong; none means that the promise was kept.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event
from orderhub.domain.messages.models import Conversation, Message
from orderhub.domain.orders import timers
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment
from orderhub.domain.transitions.models import History, Timer
from orderhub.kit.ids import show_id
from tests.crash.journal import Journal

_BROKEN: Final = {
    "history has a gap, or does not begin where it ended before": """
        SELECT subject_id || ' ' || version FROM (
            SELECT h.*, row_number() OVER w AS number, coalesce(lag(to_status) OVER w, '') AS before
            FROM history h JOIN orders o ON o.id = subject_id WINDOW w AS (PARTITION BY subject_id ORDER BY h.version)
        ) h WHERE version <> number OR from_status <> before""",
    "an order's status or version is not where its history ends": """
        SELECT o.id || ' ' || o.status FROM orders o LEFT JOIN LATERAL (
            SELECT version, to_status FROM history WHERE subject_id = o.id ORDER BY version DESC LIMIT 1
        ) h ON true WHERE (o.status, o.version) IS DISTINCT FROM (h.to_status, h.version)""",
    "a payment's status is not where its history ends": """
        SELECT p.id || ' ' || p.status FROM payments p LEFT JOIN LATERAL (
            SELECT version, to_status FROM history WHERE subject_id = p.id ORDER BY version DESC LIMIT 1
        ) h ON true
        WHERE (p.status, p.version) IS DISTINCT FROM (coalesce(h.to_status, 'created'), coalesce(h.version, 1))""",
    "a refund's status is not where its history ends": """
        SELECT r.id || ' ' || r.status FROM refunds r LEFT JOIN LATERAL (
            SELECT version, to_status FROM history WHERE subject_id = r.id ORDER BY version DESC LIMIT 1
        ) h ON true
        WHERE (r.status, r.version) IS DISTINCT FROM (coalesce(h.to_status, 'pending'), coalesce(h.version, 1))""",
    "an order was paid, but not with what its payments captured": """
        SELECT o.id || '' FROM orders o WHERE coalesce((SELECT sum(captured) FROM payments WHERE order_id = o.id), 0)
        <> coalesce((SELECT sum(amount) FROM postings WHERE target = 'escrow:' || o.id), 0)""",
    "what left the escrow is neither released nor refunded": """
        SELECT o.id || '' FROM orders o WHERE (released + refunded)
        <> coalesce((SELECT sum(amount) FROM postings WHERE source = 'escrow:' || o.id), 0)""",
    "a refund was posted, and nothing sends it": """
        SELECT o.id || '' FROM orders o
        WHERE refunded <> coalesce((SELECT sum(amount) FROM refunds WHERE order_id = o.id), 0)""",
    "an order has not its conversation with both parties": """
        SELECT o.id || '' FROM orders o LEFT JOIN conversations c ON c.id = o.conversation_id AND c.order_id = o.id
        LEFT JOIN conversation_members m ON m.conversation_id = c.id AND m.account_id IN (o.buyer_id, o.seller_id)
        GROUP BY o.id HAVING count(m) <> 2""",
    "a conversation counts other messages than it has": """
        SELECT c.id || '' FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id
        GROUP BY c.id HAVING c.message_count <> count(m.id)""",
}


async def missing(session: AsyncSession, journal: Journal) -> list[str]:
    """What was acknowledged and is not there, and what is there more often than it was sent."""
    history = await session.execute(
        select(History.subject_id, History.version, History.action).where(
            History.actor_id.is_not(None), History.process == "service"
        )
    )
    payments = await session.scalars(select(Payment.id))
    messages = await session.scalars(select(Message.id).where(Message.author_id.is_not(None), Message.action.is_(None)))
    return [
        *differences(
            "change",
            ((sent.subject, sent.version, sent.action) for sent in journal.transitions()),
            (tuple(row) for row in history),
        ),
        *differences("payment", {sent.subject for sent in journal.of("pay")}, payments),
        *differences("message", {sent.subject for sent in journal.of("write")}, messages),
    ]


async def half_made(session: AsyncSession) -> list[str]:
    """Changes without all that belongs to them: history, event, postings, refund, timers, conversation."""
    found = [
        f"{sentence}: {subject}"
        for sentence, statement in _BROKEN.items()
        for subject in await session.scalars(text(statement))
    ]
    return [*found, *await _events(session), *await _timers(session)]


def differences(what: str, told: Iterable[Hashable], found: Iterable[Hashable]) -> list[str]:
    """Each thing that is only in one of the two, as often as it is."""
    told, found = Counter(told), Counter(found)
    return [
        *(f"acknowledged {what} is missing: {one}" for one in (told - found).elements()),
        *(f"{what} that nobody was told of, or made twice: {one}" for one in (found - told).elements()),
    ]


async def _events(session: AsyncSession) -> list[str]:
    """Each change has its one event."""
    events = Counter((row.topic, row.subject, row.sequence) for row in await session.scalars(select(Event)))
    history = await session.execute(
        select(History.subject_id, History.version, History.action).where(History.process == "service")
    )
    expected = [(_topic(action), show_id("ord", order_id), version) for order_id, version, action in history]
    captured = select(Payment.id, History.version).join(History, History.subject_id == Payment.id)
    for payment_id, version in await session.execute(captured.where(History.action == "capture")):
        expected.append(("payment.confirmed", show_id("pay", payment_id), version))
    written = select(Conversation.id, Message.number).join(Message, Message.conversation_id == Conversation.id)
    for conversation_id, number in await session.execute(written.where(Message.action.is_(None))):
        expected.append(("message.sent", show_id("cnv", conversation_id), number))
    counted = {topic for topic, _, _ in expected}
    return differences("event", expected, (event for event in events.elements() if event[0] in counted))


def _topic(action: str) -> str:
    return "order.placed" if action == "place" else "order.transitioned"


async def _timers(session: AsyncSession) -> list[str]:
    """Each order has the timers that its table gives it, and no other."""
    expected: list[tuple[Any, ...]] = []
    for order in await session.scalars(select(Order)):
        state = state_of(order)
        expected += [(state.id, t.kind, t.action, t.request_id, t.anchor, t.due) for t in timers.running(state)]
    columns = (Timer.subject_id, Timer.kind, Timer.action, Timer.request_id, Timer.anchor, Timer.due)
    return differences("timer", expected, (tuple(row) for row in await session.execute(select(*columns))))
