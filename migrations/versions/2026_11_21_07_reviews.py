"""Tables of reviews."""

import sqlalchemy as sa
from alembic import op

revision = "07_reviews"
down_revision = "06_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reviews_rating")),
        sa.CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name=op.f("ck_reviews_reply")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reviews_order_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_reviews_listing_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_reviews_author_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["accounts.id"], name=op.f("fk_reviews_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("order_id", "author_id", name=op.f("uq_reviews_order_id_author_id")),
    )
    by_buyers = sa.text("author_role = 'buyer'")
    op.create_index("ix_reviews_by_buyers", "reviews", ["listing_id", "id"], postgresql_where=by_buyers)
    op.create_index("ix_reviews_subject_id_id", "reviews", ["subject_id", "id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("reviews")
