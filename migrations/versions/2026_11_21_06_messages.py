"""Tables of messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "06_messages"
down_revision = "05_orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    create_conversations()
    create_members()
    create_messages()
    create_flags()


def create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("order_id", sa.Uuid(), sa.ForeignKey("orders.id")),
        sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("listings.id")),
        sa.Column("buyer_id", sa.Uuid(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("seller_id", sa.Uuid(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True)),
        sa.Column("message_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.UniqueConstraint("order_id"),
        sa.CheckConstraint("order_id IS NOT NULL OR listing_id IS NOT NULL", "about_something"),
    )
    op.create_index(
        "uq_conversations_inquiry",
        "conversations",
        ["listing_id", "buyer_id"],
        unique=True,
        postgresql_where=sa.text("order_id IS NULL"),
    )


def create_members() -> None:
    op.create_table(
        "conversation_members",
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("unread", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True)),
        sa.Column("last_message_id", sa.Uuid()),
        sa.Column(
            "latest",
            sa.Uuid(),
            sa.Computed("COALESCE(last_message_id, conversation_id)", persisted=True),
            nullable=False,
        ),
        sa.Column("mailed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index("ix_conversation_members_latest", "conversation_members", ["account_id", "latest"])


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spans", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("file_ids", ARRAY(sa.Uuid()), server_default=sa.text("'{}'::uuid[]"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("conversation_id", "number"),
        sa.CheckConstraint("author_role IN ('buyer', 'seller', 'staff')", "author_role"),
    )
    op.create_index("ix_messages_page", "messages", ["conversation_id", "id"])
    op.create_index(
        "ix_messages_file_ids",
        "messages",
        ["file_ids"],
        postgresql_using="gin",
        postgresql_where=sa.text("file_ids <> '{}'"),
    )


def create_flags() -> None:
    op.create_table(
        "message_flags",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("message_id", sa.Uuid(), sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("kinds", ARRAY(sa.Text()), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("ix_message_flags_conversation_id", "message_flags", ["conversation_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table in ("message_flags", "messages", "conversation_members", "conversations"):
        op.drop_table(table)
