"""Stream tickets: an EventSource sends no header, so it opens its stream with a ticket in the URL.

A ticket opens one stream within a minute and is stored hashed. Real time, as for every token.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import StreamTicket
from orderhub.kit.clock import real_now

LIFE: Final = timedelta(seconds=60)


async def issue(
    session: AsyncSession, *, account_id: UUID, session_id: UUID, roles: Iterable[str]
) -> tuple[str, datetime]:
    """A new ticket and when it expires."""
    ticket, expires_at = secrets.token_urlsafe(32), real_now() + LIFE
    session.add(
        StreamTicket(
            token_hash=_hash(ticket),
            account_id=account_id,
            session_id=session_id,
            roles=sorted(roles),
            expires_at=expires_at,
        )
    )
    return ticket, expires_at


async def redeem(session: AsyncSession, ticket: str) -> StreamTicket | None:
    """Whose ticket this was; it is used up. None when it is unknown, used or too old."""
    used = delete(StreamTicket).where(StreamTicket.token_hash == _hash(ticket)).returning(StreamTicket)
    found = (await session.scalars(used)).first()
    return found if found is not None and found.expires_at > real_now() else None


async def drop_expired(session: AsyncSession) -> None:
    """Forget tickets that nobody used."""
    await session.execute(delete(StreamTicket).where(StreamTicket.expires_at <= real_now()))


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()
