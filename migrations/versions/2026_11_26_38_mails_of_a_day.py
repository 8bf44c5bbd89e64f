"""The mails of a day are counted by whose they are.

The index is built beside whoever records mails meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "38_mails_of_a_day"
down_revision = "37_proofs_by_rows"
branch_labels = None
depends_on = None

INDEX = "ix_inbound_mails_account_id_received_at"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON inbound_mails (account_id, received_at)"
        )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(f"DROP INDEX IF EXISTS {INDEX}")
