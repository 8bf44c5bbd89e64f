"""Alerts are listed in the order of their events, which the index of (account, event) serves already.

The other one is built beside whoever writes meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "29_alerts_by_event"
down_revision = "28_staff_of_quotes"
branch_labels = None
depends_on = None

UNREAD = "ix_notifications_unread_events"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {UNREAD}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {UNREAD} ON notifications (account_id, event_id)"
            " WHERE read_at IS NULL"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_notifications_page")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_notifications_unread")
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_index("ix_notifications_page", "notifications", ["account_id", "id"])
    op.execute("CREATE INDEX ix_notifications_unread ON notifications (account_id, id) WHERE read_at IS NULL")
    op.execute(f"DROP INDEX IF EXISTS {UNREAD}")
