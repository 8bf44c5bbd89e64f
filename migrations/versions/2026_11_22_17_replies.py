"""Mails that people send back to us, and the files of cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "17_replies"
down_revision = "16_telling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "case_files",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_files_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_case_files_file_id")),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_case_files")),
    )
    op.create_index("ix_case_files_file_id", "case_files", ["file_id"])
    op.create_table(
        "inbound_mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_key", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("quote_id", sa.Uuid(), nullable=True),
        sa.Column("quote_version", sa.BigInteger(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("file_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("meant", sa.BigInteger(), nullable=False),
        sa.Column("proof_file_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_inbound_mails_account_id")),
        sa.ForeignKeyConstraint(["proof_file_id"], ["files.id"], name=op.f("fk_inbound_mails_proof_file_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_inbound_mails_order_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inbound_mails_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_mails")),
        sa.UniqueConstraint("message_key", name=op.f("uq_inbound_mails_message_key")),
    )
    op.create_index("ix_inbound_mails_account_id", "inbound_mails", ["account_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("inbound_mails")
    op.drop_table("case_files")
