"""When each recurring job is next due: one row a job, so that of several workers one enqueues it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class RecurringJob(Base):
    """A job of ``jobs/schedule.py`` and its next instant."""

    __tablename__ = "recurring_jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
    """In the job's own time, real or business."""


async def begin(session: AsyncSession, name: str, first: datetime) -> None:
    """Give a job that has none its first instant."""
    await session.execute(insert(RecurringJob).values(name=name, next_at=first).on_conflict_do_nothing())


async def next_instants(session: AsyncSession) -> dict[str, datetime]:
    """When each known job is next due."""
    rows = await session.execute(select(RecurringJob.name, RecurringJob.next_at))
    return dict(rows.all())


async def take(session: AsyncSession, name: str, *, due: datetime, following: datetime) -> bool:
    """Move a job on from ``due`` to ``following``; False when another worker did so first."""
    taken = await session.execute(
        update(RecurringJob)
        .where(RecurringJob.name == name, RecurringJob.next_at == due)
        .values(next_at=following)
        .returning(RecurringJob.name)
    )
    return taken.first() is not None
