"""Quotes with their versions, sourced orders, proofs of manual payments."""

from alembic import op

revision = "13_quotes"
down_revision = "12_carts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
