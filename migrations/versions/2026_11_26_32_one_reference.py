"""A reference pays once, whatever the method; which file came is found by what it was.

The index is built beside whoever uploads meanwhile; one left behind half-built is dropped first.
"""

from alembic import op

revision = "32_one_reference"
down_revision = "31_goal_of_the_clock"
branch_labels = None
depends_on = None

INDEX = "ix_files_came"
# Where one reference was confirmed by two methods, the first keeps it; the other stays as it was.
WITHOUT_METHOD = """
UPDATE payments p SET provider_id = f.key FROM (
    SELECT DISTINCT ON (key) id, key FROM (
        SELECT id, captured_at, split_part(provider_id, ':', 2) AS key FROM payments
        WHERE provider = 'manual' AND provider_id LIKE '%:%'
    ) k ORDER BY key, captured_at, id
) f WHERE f.id = p.id"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(WITHOUT_METHOD)
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '11min'")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} ON files (coalesce(original_sha256, sha256))"
        )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(f"DROP INDEX IF EXISTS {INDEX}")
    op.execute(
        "UPDATE payments SET provider_id = method || ':' || provider_id"
        " WHERE provider = 'manual' AND provider_id NOT LIKE '%:%'"
    )
