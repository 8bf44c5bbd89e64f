"""Whoever of the staff has had a quote in hand: none of them rules on a dispute of its order."""

import sqlalchemy as sa
from alembic import op

revision = "28_staff_of_quotes"
down_revision = "27_ends_of_orders"
branch_labels = None
depends_on = None

STAFF = "('support', 'finance', 'production', 'admin')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column(
        "quotes",
        sa.Column("staff_ids", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'::uuid[]"), nullable=False),
    )
    # Who saved a draft was not kept; who took and issued it was, and prices it as a rule.
    op.execute(f"""
        UPDATE quotes q SET staff_ids = a.ids FROM (
            SELECT subject_id, array_agg(DISTINCT actor_id) AS ids FROM history
            WHERE process = 'quote' AND actor_id IS NOT NULL AND by IN {STAFF} GROUP BY subject_id
        ) a WHERE a.subject_id = q.id""")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("quotes", "staff_ids")
