"""The columns that only one kind of order had go: contract. Their kind's `details` have said the same since they are filled."""

from alembic import op

revision = "35_details_alone"
down_revision = "34_details_filled"
branch_labels = None
depends_on = None

COLUMNS = (
    "questions", "answers", "instructions_missing", "days", "revisions_included", "revisions_used", "accepted_at",
    "delivered_at", "frozen_at", "cancellation_refused", "extension", "extras", "sourcing",
)  # fmt: skip
BACK = """
ALTER TABLE orders
    ADD COLUMN questions JSONB DEFAULT '[]'::jsonb NOT NULL,
    ADD COLUMN answers JSONB DEFAULT '[]'::jsonb NOT NULL,
    ADD COLUMN instructions_missing BOOLEAN DEFAULT false NOT NULL,
    ADD COLUMN days BIGINT DEFAULT 0 NOT NULL,
    ADD COLUMN revisions_included BIGINT,
    ADD COLUMN revisions_used BIGINT DEFAULT 0 NOT NULL,
    ADD COLUMN accepted_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN delivered_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN frozen_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN cancellation_refused BOOLEAN DEFAULT false NOT NULL,
    ADD COLUMN extension JSONB,
    ADD COLUMN extras JSONB DEFAULT '[]'::jsonb NOT NULL,
    ADD COLUMN sourcing JSONB
"""
FILL = (
    """
UPDATE orders SET
    questions = coalesce(details -> 'questions', '[]'), answers = coalesce(details -> 'answers', '[]'),
    instructions_missing = coalesce((details ->> 'instructions_missing')::boolean, false),
    days = (details ->> 'days')::bigint, revisions_included = (details ->> 'revisions_included')::bigint,
    revisions_used = coalesce((details ->> 'revisions_used')::bigint, 0),
    accepted_at = (details ->> 'accepted_at')::timestamptz, delivered_at = (details ->> 'delivered_at')::timestamptz,
    frozen_at = (details ->> 'frozen_at')::timestamptz,
    cancellation_refused = coalesce((details ->> 'cancellation_refused')::boolean, false),
    extension = nullif(details -> 'extension', 'null'), extras = coalesce(details -> 'extras', '[]')
WHERE kind = 'service'""",
    # What is left out of `details` for being plain was written down before.
    """
UPDATE orders SET sourcing = '{"freight": null, "payment_instructions": [], "remarks": null, "time_zone": "UTC",
    "change": null, "proof": null, "invoice": null, "pick_up_code": null, "pick_up": null, "carrier": null,
    "tracking_number": null, "staff": [], "rulings_by_others": false}' || details
WHERE kind = 'sourced'""",
    "ALTER TABLE orders ALTER COLUMN instructions_missing DROP DEFAULT, ALTER COLUMN days DROP DEFAULT",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP TRIGGER IF EXISTS orders_details ON orders")
    dropped = ", ".join(f"DROP COLUMN {name}" for name in COLUMNS)
    op.execute(f"-- squawk-ignore ban-drop-column\nALTER TABLE orders {dropped}")
    # Its trigger was its one caller.
    op.execute("-- squawk-ignore ban-drop-function\nDROP FUNCTION IF EXISTS copy_order_details()")


def downgrade() -> None:
    """To the one before the expansion, in one go: nothing copies what is written meanwhile."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(BACK)
    for statement in FILL:
        op.execute(statement)
