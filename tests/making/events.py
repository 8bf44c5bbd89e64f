"""Events in the log, and the moment from which readers see them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events import log
from orderhub.infra.database import Database
from tests.making.instants import NOON

_PATIENCE: Final = 60.0
_BEGUN: Final = text("SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)")
_ENDED: Final = text("SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)")


def note(
    session: AsyncSession,
    subject: str,
    *parties: UUID,
    topic: str = "order.placed",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write an event of at most two parties in the caller's unit of work."""
    first, second = (*parties, None, None)[:2]
    log.write(session, topic=topic, subject=subject, sequence=1, parties=(first, second), at=NOON, data=data or {})


async def happen(
    database: Database,
    *subjects: str,
    parties: Sequence[UUID] = (),
    topic: str = "order.placed",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Events of one transaction, committed and settled."""
    async with database.session() as session:
        for subject in subjects:
            note(session, subject, *parties, topic=topic, data=data)
    await settle(database)


async def settle(database: Database) -> None:
    """Wait until no transaction that began before is open.

    PostgreSQL counts those of every database of a server, so another test that runs beside this one
    holds events back for a moment.
    """
    begun = await _ask(database, _BEGUN)
    async with asyncio.timeout(_PATIENCE):
        while await _ask(database, _ENDED) < begun:  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(0.01)


async def _ask(database: Database, question: Any) -> int:
    async with database.session() as session:
        return await session.scalar(question) or 0
