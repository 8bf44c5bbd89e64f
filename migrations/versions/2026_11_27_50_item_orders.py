"""Orders of items: what of a total is shipping and fee, what they are charged by, and the edges of their table."""

from alembic import op

from orderhub.infra.edges import insert_edges

revision = "50_item_orders"
down_revision = "49_words_of_items"
branch_labels = None
depends_on = None

DURATIONS = """{
    "item_approval": "P4D",
    "item_cancellation": "PT72H",
    "parcel_lost": "P14D",
    "reservation": "PT15M",
    "return_answer": "PT72H",
    "return_receipt": "P3D",
    "return_shipment": "P5D",
    "shipment": "P5D",
    "trader_approval": "P14D"
}"""

COMMISSION = """[{"kind": "item", "category": null, "basis_points": 0}]"""

SHIPPING = """{
    "near": [
        ["BE", "CH", "FR", "LU", "MC"],
        ["FR", "GF", "GP", "MQ", "RE", "YT"],
        ["BJ", "CI", "ML", "SN", "TG"],
        ["CM", "GA"]
    ],
    "rates": {
        "EUR": {
            "small": {"domestic": 399, "near": 799, "far": 1490},
            "medium": {"domestic": 599, "near": 1190, "far": 2490},
            "large": {"domestic": 999, "near": 1890}
        },
        "CHF": {
            "small": {"domestic": 700, "near": 1200, "far": 2200},
            "medium": {"domestic": 900, "near": 1700, "far": 3500},
            "large": {"domestic": 1400, "near": 2600}
        },
        "CAD": {
            "small": {"domestic": 900, "far": 2900},
            "medium": {"domestic": 1400, "far": 4400},
            "large": {"domestic": 2200}
        },
        "XOF": {
            "small": {"domestic": 1500, "near": 4000, "far": 12000},
            "medium": {"domestic": 2500, "near": 6500, "far": 20000},
            "large": {"domestic": 4000, "near": 10000, "far": 35000}
        },
        "XAF": {
            "small": {"domestic": 1500, "near": 4000, "far": 12000},
            "medium": {"domestic": 2500, "near": 6500, "far": 20000},
            "large": {"domestic": 4000, "near": 10000, "far": 35000}
        }
    }
}"""

PROTECTION = """{"basis_points": 500, "fixed": {"CAD": 100, "CHF": 70, "EUR": 70, "XAF": 400, "XOF": 400}}"""

POLICY = f"""
INSERT INTO policies (version, created_at, "values")
SELECT version + 1, now(), "values" || jsonb_build_object(
    'durations', ("values" -> 'durations') || '{DURATIONS}'::jsonb,
    'commissions', ("values" -> 'commissions') || '{COMMISSION}'::jsonb,
    'shipping', '{SHIPPING}'::jsonb,
    'protection', '{PROTECTION}'::jsonb)
FROM policies ORDER BY version DESC LIMIT 1
"""

TRIES = """
CREATE TABLE code_tries (
    order_id UUID NOT NULL,
    tries BIGINT NOT NULL,
    CONSTRAINT pk_code_tries PRIMARY KEY (order_id),
    CONSTRAINT fk_code_tries_order_id_orders FOREIGN KEY (order_id) REFERENCES orders (id)
)
"""

UNPAID = """
CREATE FUNCTION unpaid_item_orders(buyer UUID, since TIMESTAMPTZ) RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    -- Whoever asks orders next: of two at once the second counts what the first has placed.
    PERFORM FROM accounts WHERE id = buyer FOR NO KEY UPDATE;
    RETURN (SELECT count(*) FROM orders
            WHERE buyer_id = buyer AND kind = 'item' AND paid_at IS NULL AND placed_at > since);
END $$
"""

INDEX = "ON orders (buyer_id, placed_at) WHERE kind = 'item' AND paid_at IS NULL"
PARTS = "fee >= 0 AND shipping >= 0 AND fee + shipping <= total"

EDGES = """
item - place awaiting_payment
item awaiting_payment cancel cancelled
item awaiting_payment close_case awaiting_payment
item awaiting_payment confirm_payment awaiting_shipment
item awaiting_payment expire cancelled
item awaiting_payment report_problem awaiting_payment
item awaiting_shipment accept_cancellation cancelled
item awaiting_shipment cancel cancelled
item awaiting_shipment change_address awaiting_shipment
item awaiting_shipment charge_back disputed
item awaiting_shipment close_case awaiting_shipment
item awaiting_shipment decline_cancellation awaiting_shipment
item awaiting_shipment expire cancelled
item awaiting_shipment hand_over delivered
item awaiting_shipment lapse_cancellation cancelled
item awaiting_shipment report_problem awaiting_shipment
item awaiting_shipment request_cancellation awaiting_shipment
item awaiting_shipment ship shipped
item awaiting_shipment withdraw_cancellation awaiting_shipment
item delivered approve completed
item delivered auto_approve completed
item delivered charge_back disputed
item delivered close_case delivered
item delivered report_not_received disputed
item delivered report_problem delivered
item delivered request_return return_requested
item disputed approve completed
item disputed cancel cancelled
item disputed charge_back disputed
item disputed close_case disputed
item disputed order_return return_accepted
item disputed report_problem disputed
item disputed rule_refund cancelled
item disputed rule_release completed
item disputed rule_split completed
item disputed win_charge_back disputed
item return_accepted charge_back disputed
item return_accepted close_case return_accepted
item return_accepted expire completed
item return_accepted report_problem return_accepted
item return_accepted ship_return return_shipped
item return_accepted win_charge_back return_accepted
item return_requested accept_return return_accepted
item return_requested charge_back disputed
item return_requested close_case return_requested
item return_requested decline_return completed
item return_requested decline_return disputed
item return_requested lapse_return completed
item return_requested lapse_return disputed
item return_requested lapse_return return_accepted
item return_requested refund_without_return cancelled
item return_requested report_problem return_requested
item return_shipped auto_receive returned
item return_shipped charge_back disputed
item return_shipped close_case return_shipped
item return_shipped contest_return disputed
item return_shipped mark_delivered return_shipped
item return_shipped receive_return returned
item return_shipped report_lost disputed
item return_shipped report_problem return_shipped
item return_shipped win_charge_back return_shipped
item shipped charge_back disputed
item shipped close_case shipped
item shipped mark_delivered delivered
item shipped report_lost disputed
item shipped report_problem shipped
item shipped return_to_sender returned
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    # What a first try left is found again: validating and the index have transactions of their own.
    for column in ("fee", "shipping"):
        op.execute(f"ALTER TABLE orders ADD COLUMN IF NOT EXISTS {column} BIGINT DEFAULT 0 NOT NULL")
    op.execute(
        "-- squawk-ignore ban-drop-constraint\nALTER TABLE orders DROP CONSTRAINT IF EXISTS ck_orders_parts_of_total"
    )
    op.execute(f"ALTER TABLE orders ADD CONSTRAINT ck_orders_parts_of_total CHECK ({PARTS}) NOT VALID")
    with op.get_context().autocommit_block():
        op.execute(
            "-- squawk-ignore constraint-missing-not-valid\n"
            "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_parts_of_total"
        )
        # Nobody waits for it; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_unpaid_items")
        op.execute(
            "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_unpaid_items {INDEX}"
        )
        op.execute("RESET lock_timeout")
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(TRIES)
    op.execute(UNPAID)
    op.execute(POLICY)
    insert_edges(EDGES)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP FUNCTION unpaid_item_orders(UUID, TIMESTAMPTZ)")
    op.execute("DROP TABLE code_tries")
    op.execute("DROP INDEX ix_orders_unpaid_items")
    for column in ("fee", "shipping"):
        op.execute(f"ALTER TABLE orders DROP COLUMN {column}")
    op.execute("DELETE FROM process_edges WHERE process = 'item'")
