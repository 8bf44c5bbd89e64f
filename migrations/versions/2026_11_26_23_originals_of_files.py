"""Attached pictures are kept as they came, beside what is shown; what each account uploads is counted."""

import sqlalchemy as sa
from alembic import op

revision = "23_originals_of_files"
down_revision = "22_links_of_registrations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column("files", sa.Column("original_key", sa.Text(), nullable=True))
    op.add_column("files", sa.Column("original_media_type", sa.Text(), nullable=True))
    op.add_column("files", sa.Column("original_size", sa.BigInteger(), nullable=True))
    op.add_column("files", sa.Column("original_sha256", sa.LargeBinary(), nullable=True))
    op.execute(
        "ALTER TABLE files ADD CONSTRAINT ck_files_original CHECK"
        " (num_nulls(original_key, original_media_type, original_size, original_sha256) IN (0, 4)) NOT VALID"
    )
    op.create_table(
        "upload_counts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("day_files", sa.BigInteger(), nullable=False),
        sa.Column("day_bytes", sa.BigInteger(), nullable=False),
        sa.Column("kept_bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_upload_counts")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_upload_counts_account_id")),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("upload_counts")
    op.drop_constraint("ck_files_original", "files")
    for column in ("original_sha256", "original_size", "original_media_type", "original_key"):
        op.drop_column("files", column)
