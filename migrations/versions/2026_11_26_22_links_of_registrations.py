"""Find the links of a registration, which go with it.

The index is built beside whoever writes mails meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "22_links_of_registrations"
down_revision = "21_pending_registrations"
branch_labels = None
depends_on = None

INDEX = "ix_email_tokens_pending_id"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON email_tokens (pending_id)"
            " WHERE pending_id IS NOT NULL"
        )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(f"DROP INDEX IF EXISTS {INDEX}")
