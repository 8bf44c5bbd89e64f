"""Documents and their number series without gaps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "14_documents"
down_revision = "13_quotes"
branch_labels = None
depends_on = None

FUNCTIONS = (
    # What an erased person leaves of a proforma that nothing came of; nothing else of a document ever changes.
    """
CREATE FUNCTION refuse_rewriting_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.kind = 'proforma' AND to_jsonb(NEW) = jsonb_set(
        to_jsonb(OLD), '{content,buyer}', '{"name": "—", "email": "", "address": null}') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'documents is append-only: issue a credit note' USING ERRCODE = 'check_violation';
END $$;
""",
    """
CREATE FUNCTION refuse_number_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.last <> (CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.last END) + 1
       OR (TG_OP = 'UPDATE' AND (NEW.series, NEW.year) IS DISTINCT FROM (OLD.series, OLD.year)) THEN
        RAISE EXCEPTION 'a number series only counts up by one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
""",
    """
CREATE FUNCTION require_numbered_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken text := NEW.series || '-' || lpad(NEW.year::text, 4, '0') || '-' || lpad(NEW.last::text, greatest(6, length(NEW.last::text)), '0');
BEGIN
    IF NOT EXISTS (SELECT 1 FROM documents d WHERE d.number = taken) THEN
        RAISE EXCEPTION 'number % was taken and no document has it', taken USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
""",
)

TRIGGERS = (
    """CREATE TRIGGER documents_append_only BEFORE UPDATE OR DELETE ON documents FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting_documents()""",
    """CREATE TRIGGER documents_no_truncate BEFORE TRUNCATE ON documents EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE TRIGGER number_series_by_one BEFORE INSERT OR UPDATE OR DELETE ON number_series FOR EACH ROW
    EXECUTE FUNCTION refuse_number_gap()""",
    """CREATE TRIGGER number_series_no_truncate BEFORE TRUNCATE ON number_series EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE CONSTRAINT TRIGGER number_series_documents AFTER INSERT OR UPDATE ON number_series DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION require_numbered_document()""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("quote_id", sa.Uuid(), nullable=True),
        sa.Column("quote_version", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("order_id IS NOT NULL OR quote_id IS NOT NULL", name=op.f("ck_documents_subject")),
        sa.CheckConstraint("(quote_id IS NULL) = (quote_version IS NULL)", name=op.f("ck_documents_quote_version")),
        sa.CheckConstraint(
            "left(number, 3) = CASE kind WHEN 'proforma' THEN 'PF-' WHEN 'final_invoice' THEN 'FA-'"
            " WHEN 'credit_note' THEN 'AV-' ELSE '?' END",
            name=op.f("ck_documents_kind"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_documents_order_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_documents_quote_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["accounts.id"], name=op.f("fk_documents_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index("uq_documents_number", "documents", ["number"], unique=True)
    op.create_index("ix_documents_order_id", "documents", ["order_id"])
    op.create_index(
        "uq_documents_proforma",
        "documents",
        ["quote_id", "quote_version"],
        unique=True,
        postgresql_where=sa.text("kind = 'proforma'"),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_number_series_last_positive")),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_number_series")),
    )
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("number_series")
    op.drop_table("documents")
    op.execute("DROP FUNCTION require_numbered_document")
    op.execute("DROP FUNCTION refuse_number_gap")
    op.execute("DROP FUNCTION refuse_rewriting_documents")
