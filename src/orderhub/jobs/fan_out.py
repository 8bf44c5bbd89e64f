"""Reads the event log in commit order and enqueues the jobs that each event causes.

The jobs and the new place in the log are one transaction, and the place is one locked row: each event
is fanned out once, whichever worker does it and whenever it dies.
"""

from typing import Final

from prometheus_client import Counter

from orderhub.domain.events import reader
from orderhub.infra.database import Database
from orderhub.infra.queue import NewJob, enqueue_all
from orderhub.jobs.reactions import jobs_of, payload_of

BATCH: Final = 500
FANNED_OUT: Final = Counter("orderhub_events_fanned_out", "Events whose jobs were enqueued.")


async def fan_out(database: Database, *, wait: bool = False) -> int:
    """Fan out one batch; how many events it had. With ``wait``, after another worker's batch."""
    async with database.session() as session:
        place = await reader.lock_place(session, wait=wait)
        if place is None:
            return 0
        events = await reader.settled_after(session, place, BATCH)
        if not events:
            return 0
        await enqueue_all(
            session,
            [NewJob(name, payload_of(event)) for event in events for name in jobs_of(event)],
        )
        await reader.move_to(session, events[-1])
    FANNED_OUT.inc(len(events))
    return len(events)
