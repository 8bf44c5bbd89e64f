"""Telling people of quotes, by WhatsApp too, and with files that go along."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "16_telling"
down_revision = "15_tracking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "sent_whatsapps",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "account_id", name=op.f("pk_sent_whatsapps")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sent_whatsapps_account_id")),
    )
    op.add_column("notifications", sa.Column("quote_id", sa.Uuid(), nullable=True))
    op.execute(
        "ALTER TABLE notifications ADD CONSTRAINT fk_notifications_quote_id"
        " FOREIGN KEY (quote_id) REFERENCES quotes (id) NOT VALID"
    )
    op.add_column("sandbox_mails", sa.Column("reply_to", sa.Text(), nullable=True))
    op.add_column(
        "sandbox_mails", sa.Column("attachments", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False)
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("sandbox_mails", "attachments")
    op.drop_column("sandbox_mails", "reply_to")
    op.drop_column("notifications", "quote_id")
    op.drop_table("sent_whatsapps")
