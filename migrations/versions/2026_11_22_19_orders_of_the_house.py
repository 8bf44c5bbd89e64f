"""Find the open orders of the house, which the staff's queue lists, without reading all orders.

The index is built beside whoever places and changes orders meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "19_orders_of_the_house"
down_revision = "18_quotes_of_notifications"
branch_labels = None
depends_on = None

INDEX = "ix_orders_sourced_open"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        # Nobody waits for this one; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON orders (status, id)"
            " WHERE kind = 'sourced' AND final_at IS NULL"
        )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(f"DROP INDEX IF EXISTS {INDEX}")
