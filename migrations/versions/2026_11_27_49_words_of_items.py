"""Brands and colours of items are among the words that a search finds; the words are written by a trigger.

A generated column can't be given another expression without writing the whole table anew while everybody waits.
"""

from alembic import op

revision = "49_words_of_items"
down_revision = "48_searches"
branch_labels = None
depends_on = None

CREATE_WORDS = """
CREATE OR REPLACE FUNCTION listing_words(title text, description text, brand text, colour text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN listing_vector(title, description) || setweight(
    to_tsvector('french_unaccent', search_words(coalesce(brand, '') || ' ' || coalesce(colour, ''))), 'B'
)
"""
CREATE_WRITER = """
CREATE OR REPLACE FUNCTION write_listing_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search = listing_words(NEW.title, NEW.description, NEW.brand, NEW.colour);
    RETURN NEW;
END $$
"""
CREATE_TRIGGER = """
CREATE OR REPLACE TRIGGER listings_words BEFORE INSERT OR UPDATE OF title, description, brand, colour ON listings
FOR EACH ROW EXECUTE FUNCTION write_listing_words()
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(CREATE_WORDS)
    op.execute(CREATE_WRITER)
    # The trigger writes from the same transaction on what the expression did.
    op.execute(
        "-- squawk-ignore ban-drop-generated-expression\n"
        "ALTER TABLE listings ALTER COLUMN search DROP EXPRESSION IF EXISTS"
    )
    op.execute(CREATE_TRIGGER)
    # Of items only, which there are few of as yet; services keep the words that they have.
    op.execute("UPDATE listings SET brand = brand WHERE brand IS NOT NULL OR colour IS NOT NULL")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP TRIGGER listings_words ON listings")
    op.execute("DROP FUNCTION write_listing_words()")
    op.execute("DROP FUNCTION listing_words(text, text, text, text)")
    op.execute("ALTER TABLE listings DROP COLUMN search")
    op.execute(
        "ALTER TABLE listings ADD COLUMN search tsvector"
        " GENERATED ALWAYS AS (listing_vector(title, description)) STORED"
    )
    op.execute("CREATE INDEX ix_listings_search ON listings USING gin (search)")
