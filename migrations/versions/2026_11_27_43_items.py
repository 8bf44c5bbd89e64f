"""Listings of items: what an item is like, what its seller takes for it, who holds it; and who favours a listing."""

import sqlalchemy as sa
from alembic import op

revision = "43_items"
down_revision = "42_deliveries"
branch_labels = None
depends_on = None

COLUMNS = (
    "condition TEXT",
    "size TEXT",
    "brand TEXT",
    "colour TEXT",
    "parcel_size TEXT",
    "takes_offers BOOLEAN NOT NULL DEFAULT false",
    "accept_from BIGINT",
    "decline_under BIGINT",
    "reserved_until TIMESTAMPTZ",
    "order_id UUID",
    "favourite_count BIGINT NOT NULL DEFAULT 0",
)
CHECKS = {
    "complete": (
        "state NOT IN ('active', 'reserved', 'sold') OR (category IS NOT NULL AND price IS NOT NULL AND CASE kind"
        " WHEN 'item' THEN condition IS NOT NULL AND parcel_size IS NOT NULL AND cardinality(photo_ids) > 0"
        " ELSE days IS NOT NULL END)"
    ),
    "parts": (
        "CASE kind WHEN 'item' THEN num_nonnulls(days, revisions) = 0 ELSE NOT takes_offers AND num_nonnulls(condition,"
        " size, brand, colour, parcel_size, accept_from, decline_under, reserved_until, order_id) = 0 END"
    ),
    "floors": (
        "(accept_from IS NULL OR accept_from BETWEEN 1 AND price)"
        " AND (decline_under IS NULL OR decline_under BETWEEN 1 AND coalesce(accept_from, price))"
    ),
    "held": (
        "CASE state WHEN 'reserved' THEN reserved_until IS NOT NULL AND order_id IS NOT NULL"
        " WHEN 'sold' THEN order_id IS NOT NULL ELSE true END"
    ),
    "favourite_count": "favourite_count >= 0",
}
EARLIER = "state <> 'active' OR (category IS NOT NULL AND price IS NOT NULL AND days IS NOT NULL)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    # What a first try left is found again: validating has transactions of its own.
    for column in COLUMNS:
        op.execute(f"ALTER TABLE listings ADD COLUMN IF NOT EXISTS {column}")
    for name, rule in CHECKS.items():
        _check(name, rule)
    create_favourites()
    with op.get_context().autocommit_block():
        for name in CHECKS:
            op.execute(
                "-- squawk-ignore constraint-missing-not-valid\n"
                f"ALTER TABLE listings VALIDATE CONSTRAINT ck_listings_{name}"
            )


def create_favourites() -> None:
    op.create_table(
        "favourites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_favourites_account_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_favourites_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favourites")),
        sa.UniqueConstraint("account_id", "listing_id", name=op.f("uq_favourites_account_id_listing_id")),
        if_not_exists=True,
    )
    op.create_index("ix_favourites_account_id_id", "favourites", ["account_id", "id"], if_not_exists=True)
    op.create_index("ix_favourites_listing_id_id", "favourites", ["listing_id", "id"], if_not_exists=True)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_table("favourites")
    for name in CHECKS:
        op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE listings DROP CONSTRAINT ck_listings_{name}")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE listings DROP COLUMN {column.split(maxsplit=1)[0]}")
    _check("complete", EARLIER)
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE listings VALIDATE CONSTRAINT ck_listings_complete")


def _check(name: str, rule: str) -> None:
    op.execute(
        f"-- squawk-ignore ban-drop-constraint\nALTER TABLE listings DROP CONSTRAINT IF EXISTS ck_listings_{name}"
    )
    op.execute(f"ALTER TABLE listings ADD CONSTRAINT ck_listings_{name} CHECK ({rule}) NOT VALID")
