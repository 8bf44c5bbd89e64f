"""Each original is one file's.

The index is built beside whoever uploads meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "24_unique_originals"
down_revision = "23_originals_of_files"
branch_labels = None
depends_on = None

INDEX = "uq_files_original_key"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        # Nobody waits for this one; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON files (original_key)"
        )
        op.execute("SET lock_timeout = '4s'")
        op.execute("ALTER TABLE files VALIDATE CONSTRAINT ck_files_original")
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(f"DROP INDEX IF EXISTS {INDEX}")
