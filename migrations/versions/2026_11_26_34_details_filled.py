"""Fill `details` of the orders that are there, a thousand at a time, each in a transaction of its own: backfill.

Nothing else of an order changes, neither its version nor its history: `orders_details` copies what its row has.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "34_details_filled"
down_revision = "33_details_of_orders"
branch_labels = None
depends_on = None

BATCH = sa.text("""
WITH batch AS (SELECT id FROM orders WHERE id > :after ORDER BY id LIMIT 1000),
filled AS (UPDATE orders o SET details = '{}' FROM batch b WHERE o.id = b.id RETURNING o.id)
SELECT id FROM batch ORDER BY id DESC LIMIT 1
""")


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '1min'")
        after: UUID | None = UUID(int=0)
        while after is not None:
            after = op.get_bind().execute(BATCH, {"after": after}).scalar()
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    """What was copied goes with its column."""
