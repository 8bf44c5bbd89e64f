"""Indexes of orders that name no kind and no status; and those by which the orders of a file are found.

Each is built beside whoever places and changes orders meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "36_indexes_of_orders"
down_revision = "35_details_alone"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_orders_open": "orders (kind, status, id) WHERE final_at IS NULL",
    "ix_orders_photo_file_id": "orders (photo_file_id) WHERE photo_file_id IS NOT NULL",
    "ix_orders_answered_with": (
        "orders USING gin (jsonb_path_query_array(details, '$.answers[*].file_id'::jsonpath))"
        " WHERE details @? '$.answers[*].file_id'::jsonpath"
    ),
    "ix_order_files_file_id": "order_files (file_id)",
}
EARLIER = {
    "ix_orders_disputed": "orders (status_since) WHERE status = 'disputed'",
    "ix_orders_sourced_open": "orders (status, id) WHERE kind = 'sourced' AND final_at IS NULL",
}


def upgrade() -> None:
    _replace(EARLIER, INDEXES)


def downgrade() -> None:
    _replace(INDEXES, EARLIER)


def _replace(old: dict[str, str], new: dict[str, str]) -> None:
    with op.get_context().autocommit_block():
        # Nobody waits for these; they wait for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        for name, definition in new.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(
                "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
                f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {definition}"
            )
        for name in old:
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.execute("RESET lock_timeout")
