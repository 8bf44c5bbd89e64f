"""A shop can be the buyer of an order: its account buys, its members and keys act for it."""

from alembic import op

revision = "40_orders_of_shops"
down_revision = "39_shop_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    # What a first try left is found again: validating and the index have transactions of their own.
    op.execute("ALTER TABLE orders ADD COLUMN IF NOT EXISTS shop_id UUID")
    op.execute(
        "-- squawk-ignore ban-drop-constraint\nALTER TABLE orders DROP CONSTRAINT IF EXISTS fk_orders_shop_id_shops"
    )
    op.execute(
        "ALTER TABLE orders ADD CONSTRAINT fk_orders_shop_id_shops FOREIGN KEY (shop_id) REFERENCES shops (id) NOT VALID"
    )
    with op.get_context().autocommit_block():
        op.execute(
            "-- squawk-ignore constraint-missing-not-valid\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_shop_id_shops"
        )
        # Nobody waits for it; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_shop_id")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_shop_id ON orders (shop_id, id) WHERE shop_id IS NOT NULL"
        )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP INDEX ix_orders_shop_id")
    op.execute("ALTER TABLE orders DROP COLUMN shop_id")
