"""The rating of a seller counts what buyers say of them, as the list of their reviews does."""

from alembic import op

revision = "51_ratings_of_buyers"
down_revision = "50_item_orders"
branch_labels = None
depends_on = None

COUNT = """
UPDATE accounts SET rating_sum = counted.total, rating_count = counted.reviews
FROM (
    SELECT subject_id, coalesce(sum(rating) FILTER (WHERE {counts}), 0) AS total,
        count(*) FILTER (WHERE {counts}) AS reviews
    FROM reviews WHERE subject_id IN (SELECT subject_id FROM reviews WHERE author_role = 'seller')
    GROUP BY subject_id
) AS counted
WHERE accounts.id = counted.subject_id
"""


def upgrade() -> None:
    # Only of those whom a seller has reviewed, which the rows of the others agree with already.
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(COUNT.format(counts="author_role = 'buyer'"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(COUNT.format(counts="true"))
