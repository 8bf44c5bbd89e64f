"""Registrations wait by themselves, each with its own password, name and links."""

import sqlalchemy as sa
from alembic import op

revision = "21_pending_registrations"
down_revision = "20_known_devices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "pending_registrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_registrations")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_pending_registrations_account_id")),
    )
    op.create_index(op.f("ix_pending_registrations_account_id"), "pending_registrations", ["account_id", "id"])
    op.add_column("email_tokens", sa.Column("pending_id", sa.Uuid(), nullable=True))
    op.execute(
        "ALTER TABLE email_tokens ADD CONSTRAINT fk_email_tokens_pending_id"
        " FOREIGN KEY (pending_id) REFERENCES pending_registrations (id) ON DELETE CASCADE NOT VALID"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("email_tokens", "pending_id")
    op.drop_table("pending_registrations")
