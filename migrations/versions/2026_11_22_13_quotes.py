"""Quotes with their versions, sourced orders, proofs of manual payments, and the house that sells.

The edges are what the transition tables listed on this day; a test compares them with the tables. Written out, they
make this file long.
"""

from alembic import op

revision = "13_quotes"
down_revision = "12_carts"
branch_labels = None
depends_on = None

HOUSE = "01a1b800-0000-7000-8000-000000000001"

TABLES = """
CREATE TABLE quotes (
    id UUID NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    buyer_id UUID NOT NULL,
    cart_id UUID NOT NULL,
    title TEXT NOT NULL,
    lines JSONB NOT NULL,
    address JSONB NOT NULL,
    terms_accepted JSONB NOT NULL,
    message TEXT,
    terms JSONB NOT NULL,
    draft JSONB,
    current BIGINT,
    number TEXT,
    currency VARCHAR(3),
    total BIGINT,
    deposit BIGINT,
    expires_at TIMESTAMP WITH TIME ZONE,
    taken_by UUID,
    order_id UUID,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status_since TIMESTAMP WITH TIME ZONE NOT NULL,
    clock_anchor TIMESTAMP WITH TIME ZONE NOT NULL,
    final_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_quotes PRIMARY KEY (id),
    CONSTRAINT ck_quotes_final_at_when_final CHECK (
        (status IN ('accepted', 'declined', 'withdrawn', 'cancelled', 'rejected')) = (final_at IS NOT NULL)),
    CONSTRAINT ck_quotes_order_when_accepted CHECK ((status = 'accepted') = (order_id IS NOT NULL)),
    CONSTRAINT fk_quotes_buyer_id FOREIGN KEY(buyer_id) REFERENCES accounts (id),
    CONSTRAINT fk_quotes_cart_id FOREIGN KEY(cart_id) REFERENCES carts (id),
    CONSTRAINT fk_quotes_taken_by FOREIGN KEY(taken_by) REFERENCES accounts (id),
    CONSTRAINT fk_quotes_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);

CREATE INDEX ix_quotes_buyer_id ON quotes (buyer_id, id);

CREATE INDEX ix_quotes_open ON quotes (status_since) WHERE final_at IS NULL;

CREATE UNIQUE INDEX uq_quotes_cart_id ON quotes (cart_id);

CREATE UNIQUE INDEX uq_quotes_order_id ON quotes (order_id);

CREATE TABLE quote_versions (
    quote_id UUID NOT NULL,
    n BIGINT NOT NULL,
    number TEXT NOT NULL,
    content JSONB NOT NULL,
    currency VARCHAR(3) NOT NULL,
    total BIGINT NOT NULL,
    deposit BIGINT NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    issued_by UUID NOT NULL,
    CONSTRAINT pk_quote_versions PRIMARY KEY (quote_id, n),
    CONSTRAINT fk_quote_versions_quote_id FOREIGN KEY(quote_id) REFERENCES quotes (id),
    CONSTRAINT fk_quote_versions_issued_by FOREIGN KEY(issued_by) REFERENCES accounts (id)
);

CREATE TABLE proofs (
    id UUID NOT NULL,
    payment_id UUID NOT NULL,
    order_id UUID NOT NULL,
    file_id UUID NOT NULL,
    sha256 BYTEA NOT NULL,
    amount BIGINT,
    currency VARCHAR(3) NOT NULL,
    method TEXT,
    reference TEXT,
    via TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    submitted_by UUID NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    received BIGINT,
    reason TEXT,
    CONSTRAINT pk_proofs PRIMARY KEY (id),
    CONSTRAINT fk_proofs_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id),
    CONSTRAINT fk_proofs_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_proofs_file_id FOREIGN KEY(file_id) REFERENCES files (id),
    CONSTRAINT fk_proofs_submitted_by FOREIGN KEY(submitted_by) REFERENCES accounts (id),
    CONSTRAINT fk_proofs_decided_by FOREIGN KEY(decided_by) REFERENCES accounts (id)
);

CREATE INDEX ix_proofs_file_id ON proofs (file_id);

CREATE INDEX ix_proofs_order_id ON proofs (order_id);

CREATE INDEX ix_proofs_payment_id ON proofs (payment_id);

CREATE INDEX ix_proofs_waiting ON proofs (id) WHERE status IN ('under_review', 'left');

ALTER TABLE orders ADD COLUMN sourcing JSONB
"""

# Nobody signs in as the house: it has no password, and is never confirmed.
HOUSE_ACCOUNT = f"""
INSERT INTO accounts (id, email, handle, display_name, language, time_zone, country, created_at)
VALUES ('{HOUSE}', 'maison@orderhub.invalid', 'maison', 'OrderHub', 'fr', 'Europe/Paris', 'FR', now())
"""

DURATIONS = """{
    "change": "PT72H",
    "deposit": "PT72H",
    "escalation": "P30D",
    "first_unpaid_reminder": "P3D",
    "quote": "P7D",
    "receipt": "P7D",
    "second_unpaid_reminder": "P7D",
    "sourced_cancellation": "PT72H",
    "third_unpaid_reminder": "P14D"
}"""

POLICY = f"""
INSERT INTO policies (version, created_at, "values")
SELECT version + 1, now(), jsonb_set("values", '{{durations}}', ("values" -> 'durations') || '{DURATIONS}'::jsonb)
FROM policies ORDER BY version DESC LIMIT 1
"""

EDGES = """
sourced - place awaiting_deposit
sourced arrived charge_back disputed
sourced arrived close_case arrived
sourced arrived issue_final_invoice awaiting_balance
sourced arrived issue_final_invoice ready
sourced arrived open_dispute disputed
sourced arrived report_problem arrived
sourced arrived win_charge_back arrived
sourced awaiting_balance charge_back disputed
sourced awaiting_balance close_case awaiting_balance
sourced awaiting_balance confirm_payment ready
sourced awaiting_balance escalate disputed
sourced awaiting_balance open_dispute disputed
sourced awaiting_balance report_problem awaiting_balance
sourced awaiting_balance submit_proof balance_review
sourced awaiting_balance win_charge_back awaiting_balance
sourced awaiting_deposit cancel cancelled
sourced awaiting_deposit close_case awaiting_deposit
sourced awaiting_deposit confirm_payment confirmed
sourced awaiting_deposit expire cancelled
sourced awaiting_deposit report_problem awaiting_deposit
sourced awaiting_deposit submit_proof deposit_review
sourced balance_review charge_back disputed
sourced balance_review close_case balance_review
sourced balance_review confirm_balance ready
sourced balance_review confirm_payment ready
sourced balance_review open_dispute disputed
sourced balance_review record_part awaiting_balance
sourced balance_review reject_proof awaiting_balance
sourced balance_review report_problem balance_review
sourced balance_review win_charge_back balance_review
sourced confirmed accept_cancellation cancelled
sourced confirmed accept_change confirmed
sourced confirmed cancel cancelled
sourced confirmed charge_back disputed
sourced confirmed close_case confirmed
sourced confirmed decline_cancellation confirmed
sourced confirmed decline_change cancelled
sourced confirmed decline_change confirmed
sourced confirmed lapse_cancellation cancelled
sourced confirmed lapse_change cancelled
sourced confirmed lapse_change confirmed
sourced confirmed open_dispute disputed
sourced confirmed propose_change confirmed
sourced confirmed purchase purchased
sourced confirmed report_problem confirmed
sourced confirmed request_cancellation confirmed
sourced confirmed win_charge_back confirmed
sourced deposit_review cancel cancelled
sourced deposit_review close_case deposit_review
sourced deposit_review confirm_deposit confirmed
sourced deposit_review confirm_payment confirmed
sourced deposit_review record_part awaiting_deposit
sourced deposit_review reject_proof awaiting_deposit
sourced deposit_review report_problem deposit_review
sourced disputed approve completed
sourced disputed charge_back disputed
sourced disputed close_case disputed
sourced disputed report_problem disputed
sourced disputed resume arrived
sourced disputed resume awaiting_balance
sourced disputed resume balance_review
sourced disputed resume confirmed
sourced disputed resume in_transit
sourced disputed resume out_for_delivery
sourced disputed resume purchased
sourced disputed resume ready
sourced disputed rule_refund cancelled
sourced disputed rule_release completed
sourced disputed rule_split completed
sourced disputed win_charge_back disputed
sourced disputed withdraw_dispute arrived
sourced disputed withdraw_dispute awaiting_balance
sourced disputed withdraw_dispute balance_review
sourced disputed withdraw_dispute confirmed
sourced disputed withdraw_dispute in_transit
sourced disputed withdraw_dispute out_for_delivery
sourced disputed withdraw_dispute purchased
sourced disputed withdraw_dispute ready
sourced in_transit cancel cancelled
sourced in_transit charge_back disputed
sourced in_transit close_case in_transit
sourced in_transit open_dispute disputed
sourced in_transit receive arrived
sourced in_transit report_problem in_transit
sourced in_transit win_charge_back in_transit
sourced out_for_delivery auto_confirm completed
sourced out_for_delivery charge_back disputed
sourced out_for_delivery close_case out_for_delivery
sourced out_for_delivery confirm_receipt completed
sourced out_for_delivery open_dispute disputed
sourced out_for_delivery report_problem out_for_delivery
sourced out_for_delivery win_charge_back out_for_delivery
sourced purchased accept_change purchased
sourced purchased cancel cancelled
sourced purchased charge_back disputed
sourced purchased close_case purchased
sourced purchased decline_change cancelled
sourced purchased decline_change purchased
sourced purchased lapse_change cancelled
sourced purchased lapse_change purchased
sourced purchased open_dispute disputed
sourced purchased propose_change purchased
sourced purchased receive arrived
sourced purchased report_problem purchased
sourced purchased ship_to_hub in_transit
sourced purchased win_charge_back purchased
sourced ready arrange ready
sourced ready charge_back disputed
sourced ready close_case ready
sourced ready dispatch out_for_delivery
sourced ready escalate disputed
sourced ready hand_over completed
sourced ready open_dispute disputed
sourced ready report_problem ready
sourced ready win_charge_back ready
quote - request requested
quote changes_requested cancel cancelled
quote changes_requested reject rejected
quote changes_requested take in_preparation
quote expired renew in_preparation
quote in_preparation cancel cancelled
quote in_preparation issue issued
quote in_preparation reject rejected
quote issued accept accepted
quote issued ask_changes changes_requested
quote issued decline declined
quote issued expire expired
quote issued withdraw withdrawn
quote requested cancel cancelled
quote requested reject rejected
quote requested take in_preparation
"""

START = """
CREATE FUNCTION refuse_unlisted_quote_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> 1 OR NOT EXISTS (
        SELECT 1 FROM process_edges e WHERE e.process = 'quote' AND e.from_status = '' AND e.to_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'a quote can''t begin as %', NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = (
    """CREATE TRIGGER quotes_start BEFORE INSERT ON quotes FOR EACH ROW EXECUTE FUNCTION refuse_unlisted_quote_start()""",
    """CREATE TRIGGER quotes_status BEFORE UPDATE ON quotes FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('quote')""",
    """CREATE CONSTRAINT TRIGGER quotes_history_insert AFTER INSERT ON quotes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION require_history('quote')""",
    """CREATE CONSTRAINT TRIGGER quotes_history AFTER UPDATE ON quotes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION require_history('quote')""",
    """CREATE TRIGGER quote_versions_append_only BEFORE UPDATE OR DELETE ON quote_versions FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER quote_versions_no_truncate BEFORE TRUNCATE ON quote_versions EXECUTE FUNCTION refuse_rewriting()""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in TABLES.split(";\n"):
        op.execute(statement)
    op.execute(HOUSE_ACCOUNT)
    op.execute(POLICY)
    for line in EDGES.strip().splitlines():
        process, left, action, to = line.split()
        op.execute(f"INSERT INTO process_edges VALUES ('{process}', '{left.strip('-')}', '{action}', '{to}')")
    for statement in (START, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table in ("proofs", "quote_versions", "quotes"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_unlisted_quote_start")
    op.drop_column("orders", "sourcing")
    op.execute("DELETE FROM process_edges WHERE process IN ('sourced', 'quote')")
    op.execute(f"DELETE FROM accounts WHERE id = '{HOUSE}'")
