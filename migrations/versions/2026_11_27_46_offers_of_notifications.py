"""Alerts lead to the offer that they are about."""

from alembic import op

revision = "46_offers_of_notifications"
down_revision = "45_offers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("ALTER TABLE notifications ADD COLUMN IF NOT EXISTS offer_id UUID")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("ALTER TABLE notifications DROP COLUMN offer_id")
