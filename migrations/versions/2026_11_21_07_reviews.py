"""Tables of reviews."""

from alembic import op

revision = "07_reviews"
down_revision = "06_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
