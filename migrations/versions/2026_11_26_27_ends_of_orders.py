"""An order is final where its kind's table leads nowhere on, whatever that status is called.

A list of names stood in a check; the edges say the same, for every kind. The version before writes what both allow.
"""

from alembic import op

revision = "27_ends_of_orders"
down_revision = "26_chargebacks"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE FUNCTION refuse_wrong_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.final_at IS NOT NULL) = EXISTS (
        SELECT 1 FROM process_edges e
        WHERE e.process = NEW.kind AND e.from_status = NEW.status AND e.to_status <> NEW.status
    ) THEN
        RAISE EXCEPTION '% %: final_at is set where no row leads on from %, and nowhere else', NEW.kind, NEW.id, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Their names put them behind `orders_start` and `orders_status`, which say what may be reached at all.
TRIGGERS = (
    """CREATE TRIGGER orders_when_final_at_once BEFORE INSERT ON orders FOR EACH ROW
    WHEN (NEW.final_at IS NOT NULL) EXECUTE FUNCTION refuse_wrong_end()""",
    """CREATE TRIGGER orders_when_final BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.final_at IS DISTINCT FROM NEW.final_at)
    EXECUTE FUNCTION refuse_wrong_end()""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(FUNCTION)
    for trigger in TRIGGERS:
        op.execute(trigger)
    # The triggers hold what it held.
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE orders DROP CONSTRAINT ck_orders_final_at_when_final")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(
        "ALTER TABLE orders ADD CONSTRAINT ck_orders_final_at_when_final"
        " CHECK ((status IN ('completed', 'cancelled', 'returned')) = (final_at IS NOT NULL)) NOT VALID"
    )
    op.execute("DROP TRIGGER orders_when_final ON orders")
    op.execute("DROP TRIGGER orders_when_final_at_once ON orders")
    op.execute("DROP FUNCTION refuse_wrong_end()")
