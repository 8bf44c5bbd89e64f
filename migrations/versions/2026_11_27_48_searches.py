"""Listings are searched by what items have, too, and sorted by price or by how well they fit the words.

The function that the version before calls stays as long as that version may serve.
"""

from alembic import op

revision = "48_searches"
down_revision = "47_comments"
branch_labels = None
depends_on = None

# As people write it: without accents, capitals and spaces, and 3,5 as 3.5.
CREATE_FOLD = r"""
CREATE OR REPLACE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(replace(lower(unaccent('unaccent', given)), ',', '.'), '\s', '', 'g')
"""
INDEXES = {
    "ix_listings_active_price": "listings (currency, price, id) WHERE state = 'active'",
    "ix_listings_active_brand": "listings (search_fold(brand), id) WHERE state = 'active' AND brand IS NOT NULL",
    "ix_listings_active_size": "listings (search_fold(size), id) WHERE state = 'active' AND size IS NOT NULL",
    "ix_listings_shown_photos": "listings USING gin (photo_ids) WHERE state IN ('active', 'reserved', 'sold')",
}
EARLIER = {"ix_listings_active_photos": "listings USING gin (photo_ids) WHERE state = 'active'"}
ARGUMENTS = (
    "asked text, of_kind text, of_category text, of_brand text, of_size text, of_condition text, taking_offers boolean,"
    " of_seller uuid, in_currency text, at_least bigint, at_most bigint, sorted_by text, after_key bigint,"
    " after_id uuid, wanted bigint"
)
# Null asks nothing, and a plan for known values leaves such conditions out.
FITTING = """
    FROM listings JOIN accounts ON accounts.id = listings.seller_id
    WHERE listings.state = 'active' AND accounts.suspended_at IS NULL AND accounts.erased_at IS NULL
        AND (rare IS NULL OR listings.id = ANY (rare))
        AND (rare IS NOT NULL OR asked IS NULL OR listings.search @@ listing_query(asked))
        AND (of_kind IS NULL OR listings.kind = of_kind)
        AND (of_category IS NULL OR listings.category = of_category)
        AND (of_brand IS NULL OR (listings.brand IS NOT NULL AND search_fold(listings.brand) = search_fold(of_brand)))
        AND (of_size IS NULL OR (listings.size IS NOT NULL AND search_fold(listings.size) = search_fold(of_size)))
        AND (of_condition IS NULL OR listings.condition = of_condition)
        AND (taking_offers IS NULL OR listings.takes_offers = taking_offers)
        AND (of_seller IS NULL OR listings.seller_id = of_seller)
        AND (in_currency IS NULL OR listings.currency = in_currency)
        AND (at_least IS NULL OR listings.price >= at_least)
        AND (at_most IS NULL OR listings.price <= at_most)
"""
# Of words that more than a thousand listings have, the two hundred newest that fit are ranked among each other.
CREATE_SEARCH = f"""
CREATE FUNCTION search_listings({ARGUMENTS}) RETURNS TABLE (found_id uuid, found_key bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET plan_cache_mode = force_custom_plan
AS $$ DECLARE
    rare uuid[] := rare_listings(asked);
BEGIN
    CASE sorted_by
    WHEN 'price' THEN RETURN QUERY
        SELECT listings.id, listings.price {FITTING}
        AND (after_id IS NULL OR (listings.price, listings.id) > (after_key, after_id))
        ORDER BY listings.price, listings.id LIMIT wanted;
    WHEN '-price' THEN RETURN QUERY
        SELECT listings.id, listings.price {FITTING}
        AND (after_id IS NULL OR (listings.price, listings.id) < (after_key, after_id))
        ORDER BY listings.price DESC, listings.id DESC LIMIT wanted;
    WHEN 'relevance' THEN RETURN QUERY
        SELECT fitting.id, fitting.rank FROM (
            SELECT listings.id, (ts_rank(listings.search, listing_query(asked)) * 1000000)::bigint AS rank {FITTING}
            ORDER BY listings.id DESC LIMIT CASE WHEN rare IS NULL THEN 200 ELSE 1000 END
        ) AS fitting
        WHERE after_id IS NULL OR (fitting.rank, fitting.id) < (after_key, after_id)
        ORDER BY fitting.rank DESC, fitting.id DESC LIMIT wanted;
    ELSE RETURN QUERY
        SELECT listings.id, 0::bigint {FITTING}
        AND (after_id IS NULL OR listings.id < after_id)
        ORDER BY listings.id DESC LIMIT wanted;
    END CASE;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(CREATE_FOLD)
    _replace(EARLIER, INDEXES)
    op.execute(CREATE_SEARCH)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    types = ", ".join(argument.split()[-1] for argument in ARGUMENTS.split(","))
    op.execute(f"DROP FUNCTION search_listings({types})")
    _replace(INDEXES, EARLIER)
    op.execute("DROP FUNCTION search_fold(text)")


def _replace(old: dict[str, str], new: dict[str, str]) -> None:
    with op.get_context().autocommit_block():
        # Nobody waits for these; they wait for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        for name, definition in new.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(
                "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
                f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {definition}"
            )
        for name in old:
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.execute("RESET lock_timeout")
