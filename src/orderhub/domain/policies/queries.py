"""Reads of the current policy, terms and holidays."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.policies.models import Holiday, PolicyVersion, Terms
from orderhub.domain.policies.policy import Policy, read_policy
from orderhub.kit.working_days import WorkingCalendar


async def current(session: AsyncSession) -> Policy:
    """The newest policy; the migrations bring the first."""
    row = (await session.scalars(select(PolicyVersion).order_by(PolicyVersion.version.desc()).limit(1))).one()
    return read_policy(row.version, row.values)


async def bounds(session: AsyncSession) -> Mapping[str, int]:
    """How many there may be of each thing, by the names of `bounds.BOUNDS`."""
    return (await current(session)).bounds


async def current_terms(session: AsyncSession) -> Terms:
    """The newest terms; the migrations bring the first."""
    return (await session.scalars(select(Terms).order_by(Terms.version.desc()).limit(1))).one()


async def holidays(session: AsyncSession) -> Sequence[Holiday]:
    """All public holidays, the earliest first."""
    return (await session.scalars(select(Holiday).order_by(Holiday.day))).all()


async def working_calendar(session: AsyncSession, zone: tzinfo) -> WorkingCalendar:
    """The house's working days in its time zone."""
    policy = await current(session)
    days = (await session.scalars(select(Holiday.day))).all()
    return WorkingCalendar(zone, frozenset(policy.working_days), frozenset(days))
