"""The log in another cluster: a restored one counts its transactions anew, far below the log's.

Left alone, nothing old would be served and nothing new fanned out for a very long time. `REBASE` gives
what was fanned out the first transaction id there is, and what was not the present one; within each,
ids keep the order of time. Cursors given out before name the future then, and are refused.
"""

from typing import Final

REBASE: Final = (
    """
    CREATE TEMPORARY TABLE fanned_out ON COMMIT DROP AS
    SELECT e.id FROM events e JOIN event_readers r ON (e.xid, e.id) <= (r.xid, r.event_id)
    """,
    "UPDATE events SET xid = CASE WHEN id IN (SELECT id FROM fanned_out) THEN '3' ELSE pg_current_xact_id() END",
    "UPDATE event_readers SET xid = '3', event_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'",
)
"""Run in one transaction after a restore, while nothing else works on the database."""
