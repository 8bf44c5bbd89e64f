"""Offers: a price proposed to one person, for one listing or one order, with the edges of their table.

An offer that the seller's private floors answer at once begins with its second row, in the same statement.
"""

from alembic import op

from orderhub.infra.edges import insert_edges

revision = "45_offers"
down_revision = "44_traders"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE offers (
    id UUID NOT NULL,
    sort TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT DEFAULT 1 NOT NULL,
    listing_id UUID NOT NULL,
    conversation_id UUID,
    for_order_id UUID,
    buyer_id UUID NOT NULL,
    seller_id UUID NOT NULL,
    author_id UUID NOT NULL,
    recipient_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    listing_price BIGINT NOT NULL,
    days BIGINT,
    revisions BIGINT,
    scope TEXT,
    message TEXT,
    parent_id UUID,
    order_id UUID,
    terms JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status_since TIMESTAMP WITH TIME ZONE NOT NULL,
    clock_anchor TIMESTAMP WITH TIME ZONE NOT NULL,
    accepted_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_offers PRIMARY KEY (id),
    CONSTRAINT ck_offers_amount CHECK (amount > 0),
    CONSTRAINT ck_offers_two_people CHECK (buyer_id <> seller_id),
    CONSTRAINT ck_offers_between_them CHECK (
        (author_id = buyer_id AND recipient_id = seller_id) OR (author_id = seller_id AND recipient_id = buyer_id)),
    CONSTRAINT ck_offers_custom_says_all CHECK (
        (sort = 'custom') = (days IS NOT NULL) AND (sort = 'custom') = (conversation_id IS NOT NULL)
        AND (sort = 'custom') = (scope IS NOT NULL)),
    CONSTRAINT ck_offers_extras_are_custom CHECK (for_order_id IS NULL OR sort = 'custom'),
    CONSTRAINT ck_offers_order_when_ordered CHECK (status <> 'ordered' OR order_id IS NOT NULL),
    CONSTRAINT ck_offers_accepted CHECK (
        accepted_at IS NOT NULL OR status NOT IN ('accepted', 'ordered', 'lapsed')),
    CONSTRAINT fk_offers_listing_id FOREIGN KEY(listing_id) REFERENCES listings (id),
    CONSTRAINT fk_offers_buyer_id FOREIGN KEY(buyer_id) REFERENCES accounts (id),
    CONSTRAINT fk_offers_seller_id FOREIGN KEY(seller_id) REFERENCES accounts (id),
    CONSTRAINT fk_offers_parent_id FOREIGN KEY(parent_id) REFERENCES offers (id)
);

CREATE INDEX ix_offers_buyer_id ON offers (buyer_id, id);

CREATE INDEX ix_offers_seller_id ON offers (seller_id, id);

CREATE INDEX ix_offers_listing_id ON offers (listing_id, id);

CREATE INDEX ix_offers_author_id ON offers (author_id, made_at);

CREATE INDEX ix_offers_conversation_id ON offers (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX ix_offers_order_id ON offers (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX ix_offers_open ON offers (listing_id, id) WHERE status IN ('pending', 'accepted');

CREATE UNIQUE INDEX uq_offers_open ON offers (listing_id, buyer_id)
    WHERE status IN ('pending', 'accepted') AND sort <> 'custom'
"""

DURATIONS = """{
    "accepted_offer": "PT24H",
    "custom_offer": "P7D",
    "offer": "PT72H"
}"""

POLICY = f"""
INSERT INTO policies (version, created_at, "values")
SELECT version + 1, now(), jsonb_set("values", '{{durations}}', ("values" -> 'durations') || '{DURATIONS}'::jsonb)
FROM policies ORDER BY version DESC LIMIT 1
"""

EDGES = """
offer - make pending
offer accepted lapse lapsed
offer accepted redeem ordered
offer accepted supersede superseded
offer pending accept accepted
offer pending auto_accept accepted
offer pending auto_decline declined
offer pending counter countered
offer pending decline declined
offer pending expire expired
offer pending supersede superseded
offer pending withdraw withdrawn
"""

FUNCTIONS = (
    """
CREATE FUNCTION refuse_unlisted_offer_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version = 1 AND EXISTS (
        SELECT 1 FROM process_edges e WHERE e.process = 'offer' AND e.from_status = '' AND e.to_status = NEW.status
    ) OR NEW.version = 2 AND EXISTS (
        SELECT 1 FROM process_edges b JOIN process_edges e ON e.process = b.process AND e.from_status = b.to_status
        WHERE b.process = 'offer' AND b.from_status = '' AND e.action LIKE 'auto%' AND e.to_status = NEW.status
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an offer can''t begin as %', NEW.status USING ERRCODE = 'check_violation';
END $$;
""",
    """
CREATE FUNCTION require_history_of_offer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept bigint;
BEGIN
    SELECT count(*) INTO kept FROM history h LEFT JOIN history b
        ON b.subject_id = h.subject_id AND b.version = h.version - 1 AND b.to_status = h.from_status
    WHERE h.subject_id = NEW.id AND h.version <= NEW.version AND h.process = 'offer'
      AND (h.version < NEW.version OR h.to_status = NEW.status)
      AND (CASE WHEN h.version = 1 THEN h.from_status = '' ELSE b.version IS NOT NULL END);
    IF kept <> NEW.version THEN
        RAISE EXCEPTION 'offer %: it begins as % (version %) without its history', NEW.id, NEW.status, NEW.version
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
""",
)

TRIGGERS = (
    """CREATE TRIGGER offers_start BEFORE INSERT ON offers FOR EACH ROW EXECUTE FUNCTION refuse_unlisted_offer_start()""",
    """CREATE TRIGGER offers_status BEFORE UPDATE ON offers FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('offer')""",
    """CREATE CONSTRAINT TRIGGER offers_history_insert AFTER INSERT ON offers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION require_history_of_offer()""",
    """CREATE CONSTRAINT TRIGGER offers_history AFTER UPDATE ON offers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION require_history('offer')""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in TABLE.split(";\n"):
        op.execute(statement)
    op.execute(POLICY)
    insert_edges(EDGES)
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("offers")
    op.execute("DROP FUNCTION refuse_unlisted_offer_start")
    op.execute("DROP FUNCTION require_history_of_offer")
    op.execute("DELETE FROM process_edges WHERE process = 'offer'")
