"""Tables of policies: the policy, the terms and the holidays, their first versions, and the audit.

The values below are those of the day this was written. They do not follow the code: a later default
is a later migration.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "02_policies"
down_revision = "01_accounts"
branch_labels = None
depends_on = None

WRITTEN_ONCE = ("policies", "terms", "audit_entries")

DURATIONS = {
    "acceptance": "PT48H",
    "acceptance_in_all": "P14D",
    "approval": "P7D",
    "cancellation": "PT48H",
    "clearing": "P7D",
    "conversation_after": "P7D",
    "extension": "PT48H",
    "extra": "PT24H",
    "freeze": "P150D",
    "payment": "PT24H",
    "postponement": "P7D",
    "review": "P180D",
    "revision": "PT48H",
    "staff_reminder": "P2D",
}

VALUES = {
    "durations": DURATIONS,
    "commissions": [{"kind": "service", "category": None, "basis_points": 1000}],
    "fees": {},
    "working_days": [1, 2, 3, 4, 5],
    "terms_version": 1,
}

FRENCH = """\
1. L’acheteur paie d’avance. La somme est gardée en séquestre : elle n’appartient à personne tant que \
la commande n’est pas terminée.
2. Elle est versée au vendeur quand l’acheteur approuve la livraison, ou sans réponse de sa part au \
terme du délai affiché sur la commande. Elle est rendue à l’acheteur quand la commande est annulée.
3. Les délais, la commission et la version de ces conditions sont fixés au moment de la commande : \
une modification ultérieure ne les change pas.
4. Payer en dehors du service fait perdre toute protection. Les coordonnées échangées avant un \
paiement sont masquées.
5. En cas de désaccord, chaque partie peut ouvrir un litige ; nos équipes décident après avoir lu \
la messagerie, les livraisons et l’historique de la commande.
6. Chacun peut demander une copie de ses données personnelles ou leur effacement ; les écritures \
comptables sont conservées le temps que la loi impose.\
"""

ENGLISH = """\
1. The buyer pays in advance. The money is held in escrow: it belongs to no one until the order is over.
2. It is released to the seller when the buyer approves the delivery, or when the delay shown on the \
order ends without an answer. It is given back to the buyer when the order is cancelled.
3. Delays, commission and the version of these terms are fixed when the order is placed: a later \
change does not alter them.
4. Paying outside the service loses all protection. Contact details exchanged before a payment are masked.
5. When the parties disagree, either may open a dispute; our staff decide after reading the \
conversation, the deliveries and the history of the order.
6. Everybody may ask for a copy of their personal data or for its erasure; accounting entries are \
kept as long as the law requires.\
"""

REFUSE_REWRITING = """
CREATE FUNCTION keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    policies = op.create_table(
        "policies",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("values", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_policies"),
        sa.ForeignKeyConstraint(["created_by"], ["accounts.id"], name="fk_policies_created_by"),
    )
    terms = op.create_table(
        "terms",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("french", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_terms"),
        sa.ForeignKeyConstraint(["created_by"], ["accounts.id"], name="fk_terms_created_by"),
    )
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_holidays"),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", JSONB(), nullable=True),
        sa.Column("after", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_audit_entries_account_id"),
    )
    op.create_index("ix_audit_entries_account_id", "audit_entries", ["account_id", "id"])
    now = datetime.now(UTC)
    op.bulk_insert(policies, [{"version": 1, "created_at": now, "values": VALUES}])
    op.bulk_insert(terms, [{"version": 1, "created_at": now, "french": FRENCH, "english": ENGLISH}])
    op.execute(REFUSE_REWRITING)
    for table in WRITTEN_ONCE:
        op.execute(
            f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION keep_as_written()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table in ("audit_entries", "holidays", "terms", "policies"):
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_as_written()")
