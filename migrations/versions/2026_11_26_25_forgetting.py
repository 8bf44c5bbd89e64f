"""What an erasure may take out of rows that are otherwise written once: the words of whoever is erased."""

from alembic import op

revision = "25_forgetting"
down_revision = "24_unique_originals"
branch_labels = None
depends_on = None

FUNCTIONS = (
    # Lines without what their buyer called them, and where they found them; amounts stay.
    """
CREATE FUNCTION without_words(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_set(content, '{lines}', coalesce(
        (SELECT jsonb_agg(line || '{"name": "—", "url": null, "note": null}' ORDER BY place)
         FROM jsonb_array_elements(content -> 'lines') WITH ORDINALITY AS each (line, place)),
        '[]'
    ))
$$;
""",
    # An erasure only takes away: what is left was there before.
    """
CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'data' = to_jsonb(OLD) - 'data' AND OLD.data @> NEW.data THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is append-only: write a new row' USING ERRCODE = 'check_violation';
END $$;
""",
    """
CREATE FUNCTION refuse_rewriting_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) = jsonb_set(to_jsonb(OLD), '{content}', without_words(OLD.content)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'quote_versions is append-only: issue another version' USING ERRCODE = 'check_violation';
END $$;
""",
    """
CREATE OR REPLACE FUNCTION refuse_rewriting_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.kind = 'proforma' AND to_jsonb(NEW) = jsonb_set(
        to_jsonb(OLD), '{content}',
        jsonb_set(without_words(OLD.content), '{buyer}', '{"name": "—", "email": "", "address": null}')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'documents is append-only: issue a credit note' USING ERRCODE = 'check_violation';
END $$;
""",
)
TRIGGERS = (
    """CREATE OR REPLACE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting_history()""",
    """CREATE OR REPLACE TRIGGER quote_versions_append_only BEFORE UPDATE OR DELETE ON quote_versions FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting_versions()""",
)
EARLIER = (
    """CREATE OR REPLACE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting()""",
    """CREATE OR REPLACE TRIGGER quote_versions_append_only BEFORE UPDATE OR DELETE ON quote_versions FOR EACH ROW
    EXECUTE FUNCTION refuse_rewriting()""",
    """
CREATE OR REPLACE FUNCTION refuse_rewriting_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.kind = 'proforma' AND to_jsonb(NEW) = jsonb_set(
        to_jsonb(OLD), '{content,buyer}', '{"name": "—", "email": "", "address": null}') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'documents is append-only: issue a credit note' USING ERRCODE = 'check_violation';
END $$;
""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in EARLIER:
        op.execute(statement)
    for name in ("refuse_rewriting_history", "refuse_rewriting_versions", "without_words"):
        op.execute(f"DROP FUNCTION {name}")
