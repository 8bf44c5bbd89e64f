"""A refund begins by a row of its table; proofs of payments have a table of their own, and keep to it.

Those that are there already keep the history that they have.
"""

from alembic import op

from orderhub.infra.edges import insert_edges

revision = "37_proofs_by_rows"
down_revision = "36_indexes_of_orders"
branch_labels = None
depends_on = None

EDGES = """
refund - open pending
proof - submit under_review
proof under_review confirm confirmed
proof under_review record_part part
proof under_review reject rejected
proof under_review leave left
proof left confirm confirmed
proof left reject rejected
"""

TRIGGER = """CREATE TRIGGER proofs_status BEFORE UPDATE ON proofs FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version)
    EXECUTE FUNCTION refuse_unlisted_status('proof')"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    insert_edges(EDGES)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP TRIGGER proofs_status ON proofs")
    op.execute("DELETE FROM process_edges WHERE process = 'proof'")
    op.execute("DELETE FROM process_edges WHERE process = 'refund' AND from_status = ''")
