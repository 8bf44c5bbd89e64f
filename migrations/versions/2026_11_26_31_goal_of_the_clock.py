"""Where the sandbox clock is going: what was begun is gone on with."""

import sqlalchemy as sa
from alembic import op

revision = "31_goal_of_the_clock"
down_revision = "30_identity_of_the_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column("business_clock", sa.Column("goal", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("business_clock", "goal")
