"""Business time: real time plus an offset that only the sandbox clock moves.

The offset lives in the database, so that every process has the same time. Deadlines, history and
events are in business time; tokens, idempotency and rate limits are in real time.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base
from orderhub.kit.clock import real_now


class BusinessClock(Base):
    """The one row that holds the offset; production never has another than zero."""

    __tablename__ = "business_clock"

    id: Mapped[bool] = mapped_column(primary_key=True, default=True)
    ahead: Mapped[timedelta]
    """How far business time is ahead of real time."""
    goal: Mapped[datetime | None]
    """Where the sandbox clock is going, while it is on its way."""


def ahead() -> ColumnElement[timedelta]:
    """The offset, to be read within a hot statement; add it to `real_now()`."""
    return select(BusinessClock.ahead).scalar_subquery()


async def business_now(session: AsyncSession) -> datetime:
    """The business time of a unit of work."""
    offset = await session.scalar(select(BusinessClock.ahead))
    return real_now() + (offset or timedelta())


async def going_to(session: AsyncSession) -> datetime | None:
    """The business time that the sandbox clock is on its way to."""
    return await session.scalar(select(BusinessClock.goal))


async def step_to(session: AsyncSession, instant: datetime) -> None:
    """Move business time forward to ``instant``; never back."""
    target = instant - real_now()
    await session.execute(update(BusinessClock).values(ahead=func.greatest(BusinessClock.ahead, target)))
