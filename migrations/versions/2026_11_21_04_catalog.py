"""Tables of catalog."""

from alembic import op

revision = "04_catalog"
down_revision = "03_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
