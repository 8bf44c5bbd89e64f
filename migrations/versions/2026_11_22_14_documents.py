"""Documents and their number series without gaps."""

from alembic import op

revision = "14_documents"
down_revision = "13_quotes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
