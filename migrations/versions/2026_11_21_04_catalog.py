"""Tables of catalog, and the text search that knows French and ignores accents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "04_catalog"
down_revision = "03_files"
branch_labels = None
depends_on = None

# Snowball keeps the plural of words in -a, -i, -o and -u (photos, contenus, agendas); letters are named
# since a cluster in the C locale knows only ASCII ones. "logo/flyer" would be read as the name of a file.
CREATE_WORDS = r"""
CREATE FUNCTION search_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(
    translate(given, '/_', '  '),
    '([[:alnum:]À-ɏ]{3}[aiou])s(?![[:alnum:]À-ɏ])', '\1', 'gi'
)
"""
CREATE_VECTOR = """
CREATE FUNCTION listing_vector(title text, description text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN setweight(to_tsvector('french_unaccent', search_words(title)), 'A')
    || setweight(to_tsvector('french_unaccent', search_words(description)), 'C')
"""
CREATE_QUERY = """
CREATE FUNCTION listing_query(asked text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN plainto_tsquery('french_unaccent', search_words(asked))
"""
# The words are always looked up in their index here, whatever the planner believes of words it has not seen.
CREATE_RARE = """
CREATE FUNCTION rare_listings(asked text) RETURNS uuid[] LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan
AS $$ DECLARE
    found uuid[] := ARRAY(
        SELECT id FROM listings WHERE state = 'active' AND search @@ listing_query(asked) LIMIT 1001
    );
BEGIN
    RETURN CASE WHEN cardinality(found) <= 1000 THEN found END;
END $$
"""
# Rare words have few listings, which are sorted; common ones are met soon on the walk from the newest on.
# Null asks nothing, and a plan for known values leaves such conditions out.
CREATE_SEARCH = """
CREATE FUNCTION search_listings(
    asked text, of_kind text, of_category text, of_seller uuid, in_currency text,
    at_least bigint, at_most bigint, before uuid, wanted bigint
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET plan_cache_mode = force_custom_plan
AS $$ DECLARE
    rare uuid[] := rare_listings(asked);
BEGIN
    RETURN QUERY
    SELECT listings.id
    FROM listings JOIN accounts ON accounts.id = listings.seller_id
    WHERE listings.state = 'active' AND accounts.suspended_at IS NULL AND accounts.erased_at IS NULL
        AND (rare IS NULL OR listings.id = ANY (rare))
        AND (rare IS NOT NULL OR asked IS NULL OR listings.search @@ listing_query(asked))
        AND (of_kind IS NULL OR listings.kind = of_kind)
        AND (of_category IS NULL OR listings.category = of_category)
        AND (of_seller IS NULL OR listings.seller_id = of_seller)
        AND (in_currency IS NULL OR listings.currency = in_currency)
        AND (at_least IS NULL OR listings.price >= at_least)
        AND (at_most IS NULL OR listings.price <= at_most)
        AND (before IS NULL OR listings.id < before)
    ORDER BY listings.id DESC
    LIMIT wanted;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    create_text_search()
    create_listings()
    create_options()
    op.execute(CREATE_RARE)
    op.execute(CREATE_SEARCH)


def create_text_search() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.execute("CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = pg_catalog.french)")
    # The stemmer comes last; accents are gone before it looks, in the text as in the question.
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION french_unaccent "
        "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem"
    )
    op.execute(CREATE_WORDS)
    op.execute(CREATE_VECTOR)
    op.execute(CREATE_QUERY)


def create_listings() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("revisions", sa.BigInteger(), nullable=True),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("photo_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("accepts_inquiries", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("listing_vector(title, description)", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_listings_price")),
        sa.CheckConstraint("days >= 1", name=op.f("ck_listings_days")),
        sa.CheckConstraint("revisions >= 0", name=op.f("ck_listings_revisions")),
        sa.CheckConstraint("(price IS NULL) = (currency IS NULL)", name=op.f("ck_listings_currency")),
        sa.CheckConstraint(
            "state <> 'active' OR (category IS NOT NULL AND price IS NOT NULL AND days IS NOT NULL)",
            name=op.f("ck_listings_complete"),
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["accounts.id"], name=op.f("fk_listings_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
    )
    active = sa.text("state = 'active'")
    op.create_index("ix_listings_active", "listings", ["id"], postgresql_where=active)
    op.create_index("ix_listings_active_category", "listings", ["category", "id"], postgresql_where=active)
    op.create_index("ix_listings_seller_id_id", "listings", ["seller_id", "id"])
    op.create_index("ix_listings_search", "listings", ["search"], postgresql_using="gin")
    op.create_index(
        "ix_listings_active_photos", "listings", ["photo_ids"], postgresql_using="gin", postgresql_where=active
    )


def create_options() -> None:
    op.create_table(
        "listing_options",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_listing_options_price")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_listing_options_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_options")),
    )
    op.create_index("ix_listing_options_listing_id_id", "listing_options", ["listing_id", "id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP FUNCTION search_listings(text, text, text, uuid, text, bigint, bigint, uuid, bigint)")
    op.execute("DROP FUNCTION rare_listings(text)")
    op.drop_table("listing_options")
    op.drop_table("listings")
    op.execute("DROP FUNCTION listing_query(text)")
    op.execute("DROP FUNCTION listing_vector(text, text)")
    op.execute("DROP FUNCTION search_words(text)")
    op.execute("DROP TEXT SEARCH CONFIGURATION french_unaccent")
    op.execute("DROP EXTENSION unaccent")
