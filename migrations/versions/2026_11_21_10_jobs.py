"""Tables of jobs."""

from alembic import op

revision = "10_jobs"
down_revision = "09_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
