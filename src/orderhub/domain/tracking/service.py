"""Takes what a carrier says: recorded once, and told to the order whose parcel it is.

Feeds come late, twice, in any order, and about parcels that we don't know, or don't know yet. None of
that is refused, since a carrier that is refused sends the same again; the answer says what came of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import ParcelStatus, Sent
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.process import By
from orderhub.domain.tracking.models import Parcel, TrackingEvent
from orderhub.domain.tracking.numbers import comparable
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id

TakeUnasked = Callable[[Database, UUID, By, str, Mapping[str, Any]], Awaitable[bool]]
"""How an order is told: `engine.take_unasked`, which answers whether a row of its table was taken."""


class TrackingOutcome(StrEnum):
    """What came of something that a carrier said."""

    APPLIED = "applied"
    """A row of the order's table was taken."""
    NOTED = "noted"
    """The order is known, and nothing follows."""
    TOO_LATE = "too_late"
    """The order waits for no delivery: it is over, in dispute, or back with us."""
    UNKNOWN = "unknown"
    """No order was sent with this number, so far."""
    REPEATED = "repeated"
    """It was said before."""


_SETTLED: Final = (TrackingOutcome.APPLIED, TrackingOutcome.NOTED, TrackingOutcome.TOO_LATE)


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """What a verified feed says of one parcel."""

    carrier: str
    event_id: str
    tracking_number: str
    status: ParcelStatus
    occurred_at: datetime


async def take(database: Database, news: ParcelNews, take_unasked: TakeUnasked) -> TrackingOutcome:
    """Record what a carrier says and tell its order; the answer is what came of it.

    Cut off in between, the carrier sends it again, and it is told again: the order's table takes it once.
    """
    async with database.session() as session:
        if await _settled(session, news):
            return TrackingOutcome.REPEATED
    # In a transaction of its own: whoever notes the parcel meanwhile sees what was said of it, or is seen.
    async with database.session() as session:
        order = await _order_of(session, news)
    outcome = await _take_row(database, news, order, take_unasked)
    async with database.session() as session:
        await _settle(session, news, order and order.id, outcome)
    return outcome


async def follow(database: Database, order_id: UUID, take_unasked: TakeUnasked) -> None:
    """Note in which parcel an order was sent, and take what its carrier said of it before we knew."""
    async with database.session() as session:
        order = await session.get(Order, order_id)
        sent = None if order is None else _sent(order)
        if sent is None:
            return
        carrier, number = comparable(sent.carrier), comparable(sent.tracking_number)
        if not carrier or not number:
            return
        values = {"carrier": carrier, "tracking_number": number, "order_id": order_id}
        await session.execute(insert(Parcel).values(values).on_conflict_do_nothing())
    async with database.session() as session:
        said = await session.scalars(
            select(TrackingEvent)
            .where(TrackingEvent.tracking_number == number, TrackingEvent.carrier == carrier)
            .order_by(TrackingEvent.occurred_at)
        )
        early = [_news(event) for event in said if event.outcome not in _SETTLED]
    for news in early:
        await take(database, news, take_unasked)


def _sent(order: Order) -> Sent | None:
    parcels = KINDS[order.kind].parcels
    return parcels and parcels.sent(state_of(order))


def _is_in(sent: Sent, news: ParcelNews) -> bool:
    """Whether it is the parcel in which the order is now: what was said of the way there may come on the way back."""
    theirs = (comparable(news.carrier), comparable(news.tracking_number))
    return (comparable(sent.carrier), comparable(sent.tracking_number)) == theirs


def _news(event: TrackingEvent) -> ParcelNews:
    status = ParcelStatus(event.status)
    return ParcelNews(event.carrier, event.event_id, event.tracking_number, status, event.occurred_at)


async def _order_of(session: AsyncSession, news: ParcelNews) -> Order | None:
    """The order that is in the parcel: one still under way, the newest first, as numbers are used again."""
    parcel = (Parcel.tracking_number == comparable(news.tracking_number), Parcel.carrier == comparable(news.carrier))
    wanted = select(Order).join(Parcel, Parcel.order_id == Order.id).where(*parcel)
    return await session.scalar(wanted.order_by(Order.final_at.is_not(None), Order.id.desc()).limit(1))


async def _settled(session: AsyncSession, news: ParcelNews) -> bool:
    """Note that it was said; whether it was said, and settled, before."""
    values = {
        "id": new_id(),
        "carrier": comparable(news.carrier),
        "event_id": news.event_id,
        "tracking_number": comparable(news.tracking_number),
        "status": news.status.value,
        "occurred_at": news.occurred_at,
        "received_at": real_now(),
    }
    await session.execute(insert(TrackingEvent).values(values).on_conflict_do_nothing())
    outcome = await session.scalar(select(TrackingEvent.outcome).where(*_same(news)))
    return outcome in _SETTLED


async def _take_row(
    database: Database, news: ParcelNews, order: Order | None, take_unasked: TakeUnasked
) -> TrackingOutcome:
    if order is None:
        return TrackingOutcome.UNKNOWN
    parcels, sent = KINDS[order.kind].parcels, _sent(order)
    action = parcels and parcels.means.get(news.status)
    if action is None or (sent is not None and not _is_in(sent, news)):
        return TrackingOutcome.NOTED
    taken = await take_unasked(database, order.id, By.TRACKING, action, {})
    return TrackingOutcome.APPLIED if taken else TrackingOutcome.TOO_LATE


async def _settle(session: AsyncSession, news: ParcelNews, order_id: UUID | None, outcome: TrackingOutcome) -> None:
    """Of two that were told at once, the one whose row was taken is what is remembered."""
    unsettled = func.coalesce(TrackingEvent.outcome, "") != TrackingOutcome.APPLIED.value
    await session.execute(
        update(TrackingEvent).where(*_same(news), unsettled).values(order_id=order_id, outcome=outcome.value),
        execution_options={"synchronize_session": False},
    )


def _same(news: ParcelNews) -> tuple[Any, Any]:
    return TrackingEvent.carrier == comparable(news.carrier), TrackingEvent.event_id == news.event_id
