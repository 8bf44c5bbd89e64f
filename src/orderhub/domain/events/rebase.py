"""The log in another cluster: a restored one counts its transactions anew, below the log's or among them.

Left alone, nothing old would be served and nothing new fanned out for a very long time. `REBASE` gives
what was fanned out the first transaction id there is, and what was not the present one; within each,
ids keep the order of time. The log gets another identity, so that each cursor from before is refused for ever.
"""

from typing import Final

from sqlalchemy import select, text

from orderhub.domain.events import reader
from orderhub.infra.database import Database

REBASE: Final = (
    # What this cluster wrote since has small transaction ids, too, but is younger than all that was fanned out.
    """
    CREATE TEMPORARY TABLE fanned_out ON COMMIT DROP AS
    SELECT e.id FROM events e JOIN event_readers r ON (e.xid, e.id) <= (r.xid, r.event_id)
        AND (e.id <= r.event_id OR e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
    """,
    "UPDATE events SET xid = CASE WHEN id IN (SELECT id FROM fanned_out) THEN '3' ELSE pg_current_xact_id() END",
    "UPDATE event_readers SET xid = '3', event_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'",
    "UPDATE event_log SET identity = ('x' || left(md5(gen_random_uuid()::text), 15))::bit(60)::bigint + 1",
)
"""Run in one transaction after a restore."""


async def rebase(database: Database) -> None:
    """Rebase a log that is ahead of its cluster, unless another worker has done it meanwhile."""
    async with database.session() as session:
        await reader.lock_place(session, wait=True)
        if await session.scalar(select(reader.ahead())):
            for statement in REBASE:
                await session.execute(text(statement))
