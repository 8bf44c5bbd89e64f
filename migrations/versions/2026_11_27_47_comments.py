"""Public questions and answers under items; flags of them, and alerts that lead to a listing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "47_comments"
down_revision = "46_offers_of_notifications"
branch_labels = None
depends_on = None

CONSTRAINTS = {
    "fk_message_flags_comment_id": ("message_flags", "FOREIGN KEY (comment_id) REFERENCES comments (id)"),
    "fk_message_flags_offer_id": ("message_flags", "FOREIGN KEY (offer_id) REFERENCES offers (id)"),
    "fk_message_flags_listing_id": ("message_flags", "FOREIGN KEY (listing_id) REFERENCES listings (id)"),
    "ck_message_flags_subject": ("message_flags", "CHECK (num_nonnulls(message_id, comment_id, offer_id) = 1)"),
    "ck_message_flags_place": ("message_flags", "CHECK (num_nonnulls(conversation_id, listing_id) = 1)"),
    "fk_notifications_listing_id": ("notifications", "FOREIGN KEY (listing_id) REFERENCES listings (id)"),
}
INDEXES = {
    "ix_message_flags_listing_id": ("INDEX", "message_flags (listing_id) WHERE listing_id IS NOT NULL"),
    "ix_message_flags_case_id_id": ("INDEX", "message_flags (case_id, id)"),
    "uq_message_flags_comment_id": ("UNIQUE INDEX", "message_flags (comment_id)"),
    "uq_message_flags_offer_id": ("UNIQUE INDEX", "message_flags (offer_id)"),
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    if not sa.inspect(op.get_bind()).has_table("comments"):
        _create_comments()
    # What a first try left is found again: validating and the indexes have transactions of their own.
    for column in ("message_id", "conversation_id"):
        # What reads it from now on knows that it may be null; processes of before write both.
        op.execute(f"-- squawk-ignore ban-drop-not-null\nALTER TABLE message_flags ALTER COLUMN {column} DROP NOT NULL")
    for column in ("comment_id", "offer_id", "listing_id"):
        op.execute(f"ALTER TABLE message_flags ADD COLUMN IF NOT EXISTS {column} UUID")
    op.execute("ALTER TABLE notifications ADD COLUMN IF NOT EXISTS listing_id UUID")
    for name, (table, rule) in CONSTRAINTS.items():
        op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule} NOT VALID")
    with op.get_context().autocommit_block():
        for name, (table, _) in CONSTRAINTS.items():
            op.execute(f"-- squawk-ignore constraint-missing-not-valid\nALTER TABLE {table} VALIDATE CONSTRAINT {name}")
        # Nobody waits for it; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        for name, (kind, definition) in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(
                "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
                f"CREATE {kind.replace('INDEX', 'INDEX CONCURRENTLY')} IF NOT EXISTS {name} ON {definition}"
            )
        op.execute("RESET lock_timeout")


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spans", JSONB(), nullable=False),
        sa.Column("mentions", JSONB(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("num_nulls(deleted_at, deleted_by) IN (0, 2)", name=op.f("ck_comments_deleted")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_comments_listing_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_comments_author_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id")),
        sa.ForeignKeyConstraint(["deleted_by"], ["accounts.id"], name=op.f("fk_comments_deleted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    shown = "deleted_at IS NULL"
    op.create_index(
        "ix_comments_questions",
        "comments",
        ["listing_id", "id"],
        postgresql_where=sa.text(f"parent_id IS NULL AND {shown}"),
    )
    op.create_index(
        "ix_comments_answers",
        "comments",
        ["parent_id", "id"],
        postgresql_where=sa.text(f"parent_id IS NOT NULL AND {shown}"),
    )
    op.create_index("ix_comments_listing_id", "comments", ["listing_id"])
    op.create_index("ix_comments_author_id", "comments", ["author_id", "written_at"])
    op.create_index(
        "ix_comments_mentions",
        "comments",
        ["mentions"],
        postgresql_using="gin",
        postgresql_ops={"mentions": "jsonb_path_ops"},
        postgresql_where=sa.text("mentions <> '[]'"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DELETE FROM message_flags WHERE message_id IS NULL OR conversation_id IS NULL")
    for column in ("message_id", "conversation_id"):
        op.execute(f"ALTER TABLE message_flags ALTER COLUMN {column} SET NOT NULL")
    op.execute("DROP INDEX IF EXISTS ix_message_flags_case_id_id")
    for column in ("comment_id", "offer_id", "listing_id"):
        op.execute(f"ALTER TABLE message_flags DROP COLUMN {column} CASCADE")
    op.execute("ALTER TABLE notifications DROP COLUMN listing_id")
    op.drop_table("comments")
