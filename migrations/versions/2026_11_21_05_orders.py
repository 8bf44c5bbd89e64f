"""Orders, their history and timers, payments, refunds, the ledger, cases; and what the database refuses.

The edges are what the transition tables listed on this day; a test compares them with the tables.
"""

from alembic import op

revision = "05_orders"
down_revision = "04_catalog"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE process_edges (
    process TEXT NOT NULL,
    from_status TEXT NOT NULL,
    action TEXT NOT NULL,
    to_status TEXT NOT NULL,
    CONSTRAINT pk_process_edges PRIMARY KEY (process, from_status, action, to_status)
);

CREATE TABLE orders (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    buyer_id UUID NOT NULL,
    seller_id UUID NOT NULL,
    listing_id UUID,
    conversation_id UUID NOT NULL,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    photo_file_id UUID,
    currency VARCHAR(3) NOT NULL,
    total BIGINT NOT NULL,
    held BIGINT DEFAULT 0 NOT NULL,
    lines JSONB NOT NULL,
    funds JSONB DEFAULT '[]'::jsonb NOT NULL,
    refunded BIGINT DEFAULT 0 NOT NULL,
    released BIGINT DEFAULT 0 NOT NULL,
    commission_basis_points BIGINT NOT NULL,
    terms JSONB NOT NULL,
    questions JSONB DEFAULT '[]'::jsonb NOT NULL,
    answers JSONB DEFAULT '[]'::jsonb NOT NULL,
    instructions_missing BOOLEAN NOT NULL,
    days BIGINT NOT NULL,
    revisions_included BIGINT,
    revisions_used BIGINT DEFAULT 0 NOT NULL,
    placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status_since TIMESTAMP WITH TIME ZONE NOT NULL,
    clock_anchor TIMESTAMP WITH TIME ZONE NOT NULL,
    clock_shift INTERVAL DEFAULT '0'::interval NOT NULL,
    paid_at TIMESTAMP WITH TIME ZONE,
    accepted_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    delivered_at TIMESTAMP WITH TIME ZONE,
    final_at TIMESTAMP WITH TIME ZONE,
    cancellation JSONB,
    cancellation_refused BOOLEAN DEFAULT false NOT NULL,
    extension JSONB,
    extras JSONB DEFAULT '[]'::jsonb NOT NULL,
    disputed_by TEXT,
    resume_status TEXT,
    resume_anchor TIMESTAMP WITH TIME ZONE,
    frozen_at TIMESTAMP WITH TIME ZONE,
    postponed_at TIMESTAMP WITH TIME ZONE,
    open_cases BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_orders PRIMARY KEY (id),
    CONSTRAINT ck_orders_held_not_negative CHECK (held >= 0),
    CONSTRAINT ck_orders_total_not_negative CHECK (total >= 0),
    CONSTRAINT ck_orders_final_at_when_final CHECK ((status IN ('completed', 'cancelled', 'returned')) = (final_at IS NOT NULL)),
    CONSTRAINT fk_orders_buyer_id FOREIGN KEY(buyer_id) REFERENCES accounts (id),
    CONSTRAINT fk_orders_seller_id FOREIGN KEY(seller_id) REFERENCES accounts (id),
    CONSTRAINT fk_orders_listing_id FOREIGN KEY(listing_id) REFERENCES listings (id)
);

CREATE INDEX ix_orders_buyer_id ON orders (buyer_id, id);

CREATE INDEX ix_orders_disputed ON orders (status_since) WHERE status = 'disputed';

CREATE INDEX ix_orders_seller_id ON orders (seller_id, id);

CREATE TABLE order_files (
    order_id UUID NOT NULL,
    file_id UUID NOT NULL,
    CONSTRAINT pk_order_files PRIMARY KEY (order_id, file_id),
    CONSTRAINT fk_order_files_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_order_files_file_id FOREIGN KEY(file_id) REFERENCES files (id)
);

CREATE TABLE history (
    subject_id UUID NOT NULL,
    version BIGINT NOT NULL,
    process TEXT NOT NULL,
    from_status TEXT NOT NULL,
    action TEXT NOT NULL,
    to_status TEXT NOT NULL,
    by TEXT NOT NULL,
    actor_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    data JSONB NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (subject_id, version),
    CONSTRAINT fk_history_process_edges FOREIGN KEY(process, from_status, action, to_status) REFERENCES process_edges (process, from_status, action, to_status)
);

CREATE TABLE timers (
    id UUID NOT NULL,
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    request_id UUID,
    anchor TIMESTAMP WITH TIME ZONE NOT NULL,
    due TIMESTAMP WITH TIME ZONE NOT NULL,
    tries SMALLINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_timers PRIMARY KEY (id)
);

CREATE INDEX ix_timers_due ON timers (due, id);

CREATE INDEX ix_timers_subject_id ON timers (subject_id);

CREATE TABLE payments (
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    extra_id UUID,
    payer_id UUID NOT NULL,
    provider TEXT NOT NULL,
    provider_id TEXT,
    method TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    captured BIGINT DEFAULT 0 NOT NULL,
    captured_currency VARCHAR(3),
    return_url TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    next_action JSONB,
    failure TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    captured_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_payments PRIMARY KEY (id),
    CONSTRAINT ck_payments_amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payments_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_payments_payer_id FOREIGN KEY(payer_id) REFERENCES accounts (id)
);

CREATE INDEX ix_payments_open ON payments (created_at) WHERE status IN ('created', 'requires_action');

CREATE INDEX ix_payments_order_id ON payments (order_id);

CREATE UNIQUE INDEX uq_payments_provider_id ON payments (provider, provider_id);

CREATE UNIQUE INDEX uq_payments_request_key ON payments (order_id, request_key);

CREATE TABLE refunds (
    id UUID NOT NULL,
    payment_id UUID NOT NULL,
    order_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    provider_id TEXT,
    failure TEXT,
    reference TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts BIGINT DEFAULT 1 NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_refunds PRIMARY KEY (id),
    CONSTRAINT ck_refunds_amount_positive CHECK (amount > 0),
    CONSTRAINT fk_refunds_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id),
    CONSTRAINT fk_refunds_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
);

CREATE INDEX ix_refunds_failed ON refunds (id) WHERE status = 'failed';

CREATE INDEX ix_refunds_order_id ON refunds (order_id);

CREATE INDEX ix_refunds_payment_id ON refunds (payment_id);

CREATE TABLE payment_notifications (
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    body JSONB NOT NULL,
    outcome TEXT NOT NULL,
    CONSTRAINT pk_payment_notifications PRIMARY KEY (provider, id)
);

CREATE TABLE postings (
    id UUID NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    order_id UUID,
    payment_id UUID,
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_postings PRIMARY KEY (id),
    CONSTRAINT ck_postings_amount_positive CHECK (amount > 0),
    CONSTRAINT ck_postings_moves CHECK (source <> target),
    CONSTRAINT fk_postings_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_postings_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id)
);

CREATE INDEX ix_postings_order_id ON postings (order_id);

CREATE INDEX ix_postings_source ON postings (source, id);

CREATE INDEX ix_postings_target ON postings (target, id);

CREATE TABLE balances (
    account TEXT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_balances PRIMARY KEY (account, currency),
    CONSTRAINT ck_balances_amount_not_negative CHECK (amount >= 0)
);

CREATE TABLE cases (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    order_id UUID,
    payment_id UUID,
    opened_by UUID,
    reason TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by UUID,
    resolution TEXT,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT fk_cases_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_cases_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id),
    CONSTRAINT fk_cases_opened_by FOREIGN KEY(opened_by) REFERENCES accounts (id),
    CONSTRAINT fk_cases_closed_by FOREIGN KEY(closed_by) REFERENCES accounts (id)
);

CREATE INDEX ix_cases_open ON cases (id) WHERE closed_at IS NULL;

CREATE INDEX ix_cases_order_id ON cases (order_id);
"""

EDGES = """
service - place awaiting_payment
service awaiting_acceptance accept in_progress
service awaiting_acceptance ask_instructions awaiting_instructions
service awaiting_acceptance cancel cancelled
service awaiting_acceptance charge_back disputed
service awaiting_acceptance close_case awaiting_acceptance
service awaiting_acceptance decline cancelled
service awaiting_acceptance expire cancelled
service awaiting_acceptance report_problem awaiting_acceptance
service awaiting_instructions cancel cancelled
service awaiting_instructions charge_back disputed
service awaiting_instructions close_case awaiting_instructions
service awaiting_instructions decline cancelled
service awaiting_instructions expire cancelled
service awaiting_instructions provide_instructions awaiting_acceptance
service awaiting_instructions report_problem awaiting_instructions
service awaiting_payment cancel cancelled
service awaiting_payment close_case awaiting_payment
service awaiting_payment confirm_payment awaiting_acceptance
service awaiting_payment confirm_payment awaiting_instructions
service awaiting_payment expire cancelled
service awaiting_payment report_problem awaiting_payment
service delivered approve completed
service delivered auto_approve completed
service delivered cancel cancelled
service delivered charge_back disputed
service delivered close_case delivered
service delivered freeze disputed
service delivered open_dispute disputed
service delivered refund_part delivered
service delivered report_problem delivered
service delivered request_revision revision_requested
service delivered win_charge_back delivered
service disputed approve completed
service disputed cancel cancelled
service disputed charge_back disputed
service disputed close_case disputed
service disputed report_problem disputed
service disputed resume in_progress
service disputed rule_refund cancelled
service disputed rule_release completed
service disputed rule_split completed
service disputed win_charge_back disputed
service disputed withdraw_dispute delivered
service disputed withdraw_dispute in_progress
service disputed withdraw_dispute revision_requested
service in_progress accept_cancellation cancelled
service in_progress accept_extension in_progress
service in_progress add_extra in_progress
service in_progress cancel cancelled
service in_progress charge_back disputed
service in_progress close_case in_progress
service in_progress confirm_extra in_progress
service in_progress decline_cancellation in_progress
service in_progress decline_extension in_progress
service in_progress deliver delivered
service in_progress freeze disputed
service in_progress lapse_cancellation in_progress
service in_progress lapse_extension in_progress
service in_progress lapse_extra in_progress
service in_progress open_dispute disputed
service in_progress refund_part in_progress
service in_progress report_problem in_progress
service in_progress request_cancellation in_progress
service in_progress request_extension in_progress
service in_progress win_charge_back in_progress
service in_progress withdraw_cancellation in_progress
service revision_requested accept_revision in_progress
service revision_requested auto_accept_revision in_progress
service revision_requested cancel cancelled
service revision_requested charge_back disputed
service revision_requested close_case revision_requested
service revision_requested decline_revision delivered
service revision_requested freeze disputed
service revision_requested open_dispute disputed
service revision_requested report_problem revision_requested
service revision_requested win_charge_back revision_requested
payment awaiting_proof submit under_review
payment created capture captured
payment created expire expired
payment created fail failed
payment created require_action requires_action
payment requires_action capture captured
payment requires_action expire expired
payment requires_action fail failed
payment under_review confirm captured
payment under_review reject awaiting_proof
refund failed paid_by_hand succeeded
refund failed retry pending
refund pending fail failed
refund pending send sent
refund sent fail failed
refund sent succeed succeeded
"""

# The table decides what may happen; this holds whoever writes past it, by hand too.
FUNCTIONS = (
    """
CREATE FUNCTION refuse_unlisted_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    process_name text := TG_ARGV[0];
BEGIN
    IF process_name = 'order' THEN
        IF NEW.kind <> OLD.kind THEN
            RAISE EXCEPTION 'order %: an order keeps its kind', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        process_name := NEW.kind;
    END IF;
    IF NEW.version NOT IN (OLD.version, OLD.version + 1) OR (NEW.status <> OLD.status AND NEW.version = OLD.version) THEN
        RAISE EXCEPTION '% %: a change of status counts the version up by one', process_name, OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT 1 FROM process_edges e
        WHERE e.process = process_name AND e.from_status = OLD.status AND e.to_status = NEW.status
    ) THEN
        RAISE EXCEPTION '% %: no row leads from % to %', process_name, OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
""",
    """
CREATE FUNCTION refuse_unlisted_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> 1 OR NEW.held <> 0 OR NOT EXISTS (
        SELECT 1 FROM process_edges e WHERE e.process = NEW.kind AND e.from_status = '' AND e.to_status = NEW.status
    ) THEN
        RAISE EXCEPTION '%: an order can''t begin as %', NEW.kind, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
""",
    """
CREATE FUNCTION refuse_held_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'order %: only postings move what is held', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
""",
    """
CREATE FUNCTION refuse_balance_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'only postings move balances' USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
""",
    """
CREATE FUNCTION require_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    process_name text := TG_ARGV[0];
    left_status text := '';
BEGIN
    IF process_name = 'order' THEN
        process_name := NEW.kind;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        left_status := OLD.status;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM history h
        WHERE h.subject_id = NEW.id AND h.version = NEW.version AND h.process = process_name
          AND h.from_status = left_status AND h.to_status = NEW.status
    ) THEN
        RAISE EXCEPTION '% %: the change to % (version %) has no history row', process_name, NEW.id, NEW.status, NEW.version
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
""",
    """
CREATE FUNCTION require_settled_escrow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW.id AND o.final_at IS NOT NULL AND o.held <> 0) THEN
        RAISE EXCEPTION 'order %: a final order still holds money', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
""",
    """
CREATE FUNCTION move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source_kind text := split_part(NEW.source, ':', 1);
    target_kind text := split_part(NEW.target, ':', 1);
BEGIN
    IF source_kind = 'escrow' THEN
        UPDATE orders SET held = held - NEW.amount
        WHERE id = split_part(NEW.source, ':', 2)::uuid AND currency = NEW.currency;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'posting %: no such escrow in %', NEW.id, NEW.currency USING ERRCODE = 'check_violation';
        END IF;
    ELSIF source_kind IN ('payable', 'wallet') THEN
        UPDATE balances SET amount = amount - NEW.amount WHERE account = NEW.source AND currency = NEW.currency;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'posting %: % has nothing in %', NEW.id, NEW.source, NEW.currency USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF target_kind = 'escrow' THEN
        UPDATE orders SET held = held + NEW.amount
        WHERE id = split_part(NEW.target, ':', 2)::uuid AND currency = NEW.currency;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'posting %: no such escrow in %', NEW.id, NEW.currency USING ERRCODE = 'check_violation';
        END IF;
    ELSIF target_kind IN ('payable', 'wallet') THEN
        INSERT INTO balances (account, currency, amount) VALUES (NEW.target, NEW.currency, NEW.amount)
        ON CONFLICT (account, currency) DO UPDATE SET amount = balances.amount + excluded.amount;
    END IF;
    RETURN NULL;
END $$;
""",
    """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a new row', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
""",
)

TRIGGERS = (
    """CREATE TRIGGER orders_start BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_unlisted_start()""",
    """CREATE TRIGGER orders_status BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version OR OLD.kind IS DISTINCT FROM NEW.kind)
    EXECUTE FUNCTION refuse_unlisted_status('order')""",
    """CREATE TRIGGER orders_held BEFORE UPDATE OF held ON orders FOR EACH ROW
    WHEN (OLD.held IS DISTINCT FROM NEW.held) EXECUTE FUNCTION refuse_held_by_hand()""",
    """CREATE CONSTRAINT TRIGGER orders_history_insert AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION require_history('order')""",
    """CREATE CONSTRAINT TRIGGER orders_history AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION require_history('order')""",
    """CREATE CONSTRAINT TRIGGER orders_settled AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.final_at IS NOT NULL) EXECUTE FUNCTION require_settled_escrow()""",
    """CREATE TRIGGER payments_status BEFORE UPDATE ON payments FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('payment')""",
    """CREATE CONSTRAINT TRIGGER payments_history AFTER UPDATE ON payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION require_history('payment')""",
    """CREATE TRIGGER refunds_status BEFORE UPDATE ON refunds FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('refund')""",
    """CREATE CONSTRAINT TRIGGER refunds_history AFTER UPDATE ON refunds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION require_history('refund')""",
    """CREATE TRIGGER postings_balances AFTER INSERT ON postings FOR EACH ROW EXECUTE FUNCTION move_balances()""",
    """CREATE TRIGGER balances_by_hand BEFORE INSERT OR UPDATE OR DELETE ON balances FOR EACH ROW
    EXECUTE FUNCTION refuse_balance_by_hand()""",
    """CREATE TRIGGER balances_no_truncate BEFORE TRUNCATE ON balances EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER postings_append_only BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER postings_no_truncate BEFORE TRUNCATE ON postings EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history EXECUTE FUNCTION refuse_rewriting()""",
)

FUNCTION_NAMES = (
    "refuse_unlisted_status",
    "refuse_unlisted_start",
    "refuse_held_by_hand",
    "refuse_balance_by_hand",
    "require_history",
    "require_settled_escrow",
    "move_balances",
    "refuse_rewriting",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in TABLES.split(";\n"):
        op.execute(statement)
    for line in EDGES.strip().splitlines():
        process, left, action, to = line.split()
        op.execute(f"INSERT INTO process_edges VALUES ('{process}', '{left.strip('-')}', '{action}', '{to}')")
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table in ("cases", "balances", "postings", "payment_notifications", "refunds", "payments"):
        op.drop_table(table)
    for table in ("timers", "history", "order_files", "orders", "process_edges"):
        op.drop_table(table)
    for name in FUNCTION_NAMES:
        op.execute(f"DROP FUNCTION {name}")
