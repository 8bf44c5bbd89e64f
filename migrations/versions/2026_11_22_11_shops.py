"""Partner shops: the directory, their sites, who edits them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "11_shops"
down_revision = "10_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    create_shops()
    create_sites()
    create_members()


def create_shops() -> None:
    op.create_table(
        "shops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("logo_file_id", sa.Uuid(), nullable=True),
        sa.Column("categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        # The words of a shop are found as those of a listing are: French stems, accents ignored.
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("listing_vector(name, description)", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_shops_country")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_shops_currency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shops")),
    )
    op.create_index("ix_shops_active", "shops", ["id"], postgresql_where=sa.text("active"))
    op.create_index("ix_shops_search", "shops", ["search"], postgresql_using="gin")
    op.create_index(
        "ix_shops_logo_file_id", "shops", ["logo_file_id"], postgresql_where=sa.text("logo_file_id IS NOT NULL")
    )


def create_sites() -> None:
    op.create_table(
        "shop_sites",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_shop_sites_shop_id")),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_shop_sites")),
    )
    op.create_index("ix_shop_sites_shop_id", "shop_sites", ["shop_id"])


def create_members() -> None:
    op.create_table(
        "shop_members",
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'editor')", name=op.f("ck_shop_members_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_shop_members_account_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_shop_members_shop_id")),
        sa.PrimaryKeyConstraint("shop_id", "account_id", name=op.f("pk_shop_members")),
    )
    op.create_index("ix_shop_members_account_id", "shop_members", ["account_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("shop_members")
    op.drop_table("shop_sites")
    op.drop_table("shops")
