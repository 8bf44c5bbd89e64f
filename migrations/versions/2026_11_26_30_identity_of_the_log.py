"""Which log this is: drawn at random, and anew when the log is restored. Each cursor has it."""

import sqlalchemy as sa
from alembic import op

revision = "30_identity_of_the_log"
down_revision = "29_alerts_by_event"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "event_log",
        sa.Column("id", sa.Boolean(), nullable=False),
        sa.Column("identity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id", name=op.f("ck_event_log_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_log")),
    )
    op.execute(
        "INSERT INTO event_log VALUES (true, ('x' || left(md5(gen_random_uuid()::text), 15))::bit(60)::bigint + 1)"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("event_log")
