"""Every notification's quote exists: checked in a transaction of its own, so that nobody waits for it."""

from alembic import op

revision = "18_quotes_of_notifications"
down_revision = "17_replies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("ALTER TABLE notifications VALIDATE CONSTRAINT fk_notifications_quote_id")


def downgrade() -> None:
    """What is checked stays checked."""
