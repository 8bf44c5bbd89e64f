"""Tables of notifications."""

from alembic import op

revision = "08_notifications"
down_revision = "07_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
