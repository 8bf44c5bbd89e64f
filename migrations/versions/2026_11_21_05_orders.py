"""Tables of orders."""

from alembic import op

revision = "05_orders"
down_revision = "04_catalog"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
