"""What only one kind of order has goes into one document of its own, `details`: expand.

The columns stay for now. Whatever is written until they go is copied by a trigger, as the next migration copies
what is there already.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "33_details_of_orders"
down_revision = "32_one_reference"
branch_labels = None
depends_on = None

# Instants are written in UTC, as the product writes them.
FUNCTION = """
CREATE FUNCTION copy_order_details() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    NEW.details = CASE NEW.kind
        WHEN 'service' THEN jsonb_build_object(
            'questions', NEW.questions, 'answers', NEW.answers, 'instructions_missing', NEW.instructions_missing,
            'days', NEW.days, 'revisions_included', NEW.revisions_included, 'revisions_used', NEW.revisions_used,
            'accepted_at', NEW.accepted_at, 'delivered_at', NEW.delivered_at, 'frozen_at', NEW.frozen_at,
            'cancellation_refused', NEW.cancellation_refused, 'extension', NEW.extension, 'extras', NEW.extras)
        WHEN 'sourced' THEN NEW.sourcing
        ELSE NEW.details
    END;
    RETURN NEW;
END $$
"""
TRIGGER = """CREATE TRIGGER orders_details BEFORE INSERT OR UPDATE ON orders FOR EACH ROW
EXECUTE FUNCTION copy_order_details()"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column(
        "orders", sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    )
    op.execute(FUNCTION)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP TRIGGER IF EXISTS orders_details ON orders")
    op.execute("DROP FUNCTION IF EXISTS copy_order_details()")
    op.drop_column("orders", "details")
