"""Images have a small picture beside them, and people a photo of their own with its size.

Older images get theirs by a job, some at a time; until then the image stands for its thumbnail.
"""

from alembic import op

revision = "41_thumbnails"
down_revision = "40_orders_of_shops"
branch_labels = None
depends_on = None

CHECKS = {
    "files": ("ck_files_thumbnail", "num_nulls(thumbnail_key, thumbnail_size) IN (0, 2)"),
    "accounts": ("ck_accounts_photo", "num_nulls(photo_id, photo_width, photo_height) IN (0, 3)"),
}
INDEXES = {
    "uq_files_thumbnail_key": ("UNIQUE INDEX", "files (thumbnail_key)"),
    "ix_files_no_thumbnail": (
        "INDEX",
        "files (id) WHERE kind = 'image' AND thumbnail_key IS NULL AND forgotten_at IS NULL",
    ),
    "ix_accounts_photo_id": ("INDEX", "accounts (photo_id) WHERE photo_id IS NOT NULL"),
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    # What a first try left is found again: validating and the indexes have transactions of their own.
    op.execute("ALTER TABLE files ADD COLUMN IF NOT EXISTS thumbnail_key TEXT")
    op.execute("ALTER TABLE files ADD COLUMN IF NOT EXISTS thumbnail_size BIGINT")
    op.execute("ALTER TABLE accounts ADD COLUMN IF NOT EXISTS photo_id UUID")
    op.execute("ALTER TABLE accounts ADD COLUMN IF NOT EXISTS photo_width BIGINT")
    op.execute("ALTER TABLE accounts ADD COLUMN IF NOT EXISTS photo_height BIGINT")
    for table, (name, rule) in CHECKS.items():
        op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule}) NOT VALID")
    with op.get_context().autocommit_block():
        for table, (name, _) in CHECKS.items():
            op.execute(f"-- squawk-ignore constraint-missing-not-valid\nALTER TABLE {table} VALIDATE CONSTRAINT {name}")
        # Nobody waits for it; it waits for the transactions that are under way, a cold one of ten minutes too.
        op.execute("SET lock_timeout = '11min'")
        for name, (kind, definition) in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(
                "-- squawk-ignore ban-concurrent-index-creation-in-transaction\n"
                f"CREATE {kind.replace('INDEX', 'INDEX CONCURRENTLY')} IF NOT EXISTS {name} ON {definition}"
            )
        op.execute("RESET lock_timeout")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for column in ("photo_id", "photo_width", "photo_height"):
        op.execute(f"ALTER TABLE accounts DROP COLUMN {column}")
    for column in ("thumbnail_key", "thumbnail_size"):
        op.execute(f"ALTER TABLE files DROP COLUMN {column}")
