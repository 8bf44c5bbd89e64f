"""Each chargeback once, by the id that its provider gave it; rows for what begins, comes late or comes back.

What was told of chargebacks before is noted from the notifications. Where several took from one payment, its
postings don't say which took what: the oldest is taken to have had the order's escrow first.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from orderhub.infra.edges import insert_edges

revision = "26_chargebacks"
down_revision = "25_forgetting"
branch_labels = None
depends_on = None

EDGES = """
payment - open created
payment - open_by_hand awaiting_proof
payment expired capture captured
payment failed capture captured
refund succeeded fail failed
chargeback - withdraw_funds withdrawn
chargeback withdrawn lose lost
chargeback withdrawn reinstate_funds reinstated
"""

TRIGGERS = (
    """CREATE TRIGGER chargebacks_status BEFORE UPDATE ON chargebacks FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('chargeback')""",
    """CREATE CONSTRAINT TRIGGER chargebacks_history_insert AFTER INSERT ON chargebacks DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION require_history('chargeback')""",
    """CREATE CONSTRAINT TRIGGER chargebacks_history AFTER UPDATE ON chargebacks DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION require_history('chargeback')""",
)

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_TOLD = sa.text("""
SELECT provider, type, outcome, body, received_at FROM payment_notifications
WHERE type LIKE 'chargeback.%' AND outcome IN ('charged_back', 'charged_back_final', 'won', 'lost')
ORDER BY received_at, id""")
_MOVED = sa.text("""
SELECT payment_id, order_id,
       coalesce(sum(amount) FILTER (WHERE source LIKE 'escrow:%' AND target LIKE 'chargeback:%'), 0) AS from_escrow,
       coalesce(sum(amount) FILTER (WHERE source LIKE 'receivable:%' AND target = 'hub:losses'), 0) AS from_seller
FROM postings WHERE payment_id IN (SELECT payment_id FROM postings WHERE target LIKE 'chargeback:%')
GROUP BY payment_id, order_id""")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    table = op.create_table(
        "chargebacks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("from_escrow", sa.BigInteger(), nullable=False),
        sa.Column("from_seller", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_chargebacks_amount_positive")),
        sa.CheckConstraint("from_escrow BETWEEN 0 AND amount", name=op.f("ck_chargebacks_from_escrow_within")),
        sa.CheckConstraint("from_seller BETWEEN 0 AND amount", name=op.f("ck_chargebacks_from_seller_within")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_chargebacks_payment_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_chargebacks_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chargebacks")),
        sa.UniqueConstraint("provider", "provider_id", name=op.f("uq_chargebacks_provider_provider_id")),
    )
    op.create_index("ix_chargebacks_order_id", "chargebacks", ["order_id"])
    op.create_index("ix_chargebacks_payment_id", "chargebacks", ["payment_id"])
    insert_edges(EDGES)
    known = known_before(op.get_bind())
    if known:
        op.bulk_insert(table, known)
    for trigger in TRIGGERS:
        op.execute(trigger)


def known_before(connection: Any) -> list[dict[str, Any]]:
    """A row for each chargeback that was applied before."""
    moved = {row.payment_id: row for row in connection.execute(_MOVED)}
    left: dict[UUID, dict[str, int]] = defaultdict(dict)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for note in connection.execute(_TOLD):
        key = (note.provider, note.body["provider_id"])
        payment_id = _read_id(note.body["reference"])
        if note.type == "chargeback.opened" and key not in found and payment_id in moved:
            row = moved[payment_id]
            rest = left[payment_id] or {"from_escrow": int(row.from_escrow), "from_seller": int(row.from_seller)}
            parts = {name: min(note.body["amount"], amount) for name, amount in rest.items()}
            left[payment_id] = {name: amount - parts[name] for name, amount in rest.items()}
            found[key] = {
                "id": uuid4(),
                "payment_id": payment_id,
                "order_id": row.order_id,
                "provider": note.provider,
                "provider_id": key[1],
                "amount": note.body["amount"],
                "currency": note.body["currency"],
                "status": "withdrawn",
                "version": 1,
                **parts,
                "opened_at": note.received_at,
                "settled_at": None,
            }
        elif note.type != "chargeback.opened" and key in found and found[key]["status"] == "withdrawn":
            status = "reinstated" if note.type == "chargeback.won" else "lost"
            found[key] |= {"status": status, "version": 2, "settled_at": note.received_at}
    return list(found.values())


def _read_id(reference: str) -> UUID:
    number = 0
    for letter in reference.removeprefix("pay_"):
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return UUID(int=number)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("chargebacks")
    op.execute("DELETE FROM process_edges WHERE process = 'chargeback'")
    op.execute("DELETE FROM process_edges WHERE process = 'payment' AND action IN ('open', 'open_by_hand')")
    op.execute("DELETE FROM process_edges WHERE process = 'payment' AND from_status IN ('expired', 'failed')")
    op.execute("DELETE FROM process_edges WHERE process = 'refund' AND from_status = 'succeeded'")
