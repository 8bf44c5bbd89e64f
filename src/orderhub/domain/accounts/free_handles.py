"""Handles that nobody has."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.handles import suggest_handles
from orderhub.domain.accounts.models import Account


async def free_handles(session: AsyncSession, wish: str) -> Sequence[str]:
    """Handles like a wish that nobody has at this moment, the likest first."""
    while True:
        suggested = suggest_handles(wish)
        taken = set(await session.scalars(select(Account.handle).where(Account.handle.in_(suggested))))
        free = [handle for handle in suggested if handle not in taken]
        if free:
            return free
