"""Professional sellers: the facts that they submitted, and those that staff verified."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "44_traders"
down_revision = "43_items"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "traders",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("vat_number", sa.Text(), nullable=True),
        sa.Column("address", JSONB(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("verified", JSONB(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('pending', 'verified', 'refused')", name=op.f("ck_traders_status")),
        sa.CheckConstraint("(status = 'pending') = (decided_at IS NULL)", name=op.f("ck_traders_decided")),
        sa.CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name=op.f("ck_traders_reason")),
        sa.CheckConstraint("status <> 'verified' OR verified IS NOT NULL", name=op.f("ck_traders_verified")),
        sa.CheckConstraint("(verified IS NULL) = (verified_at IS NULL)", name=op.f("ck_traders_verified_at")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_traders_account_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_traders_decided_by")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_traders")),
        sa.UniqueConstraint("id", name=op.f("uq_traders_id")),
    )
    op.create_index("ix_traders_pending", "traders", ["id"], postgresql_where=sa.text("status = 'pending'"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("traders")
