"""Carts and their lines."""

from alembic import op

revision = "12_carts"
down_revision = "11_shops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
