"""An account for each shop, as which it orders, and keys by which its systems call."""

from alembic import op

revision = "39_shop_keys"
down_revision = "38_mails_of_a_day"
branch_labels = None
depends_on = None

ACCOUNTS = """
INSERT INTO accounts (id, email, handle, display_name, language, time_zone, country, created_at)
SELECT account_id, replace(account_id::text, '-', '') || '@shops.invalid',
    'shop_' || right(account_id::text, 12), name, 'fr', 'Europe/Paris', country, created_at FROM shops
"""

KEYS = """
CREATE TABLE shop_keys (
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT[] NOT NULL,
    hash BYTEA NOT NULL,
    hint TEXT NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_shop_keys PRIMARY KEY (id),
    CONSTRAINT fk_shop_keys_id_sign_in_sessions FOREIGN KEY(id) REFERENCES sign_in_sessions (id) ON DELETE CASCADE,
    CONSTRAINT fk_shop_keys_shop_id_shops FOREIGN KEY(shop_id) REFERENCES shops (id),
    CONSTRAINT fk_shop_keys_created_by_accounts FOREIGN KEY(created_by) REFERENCES accounts (id),
    CONSTRAINT uq_shop_keys_hash UNIQUE (hash)
)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("ALTER TABLE shops ADD COLUMN account_id UUID")
    # A directory of partner shops is small: it is filled in the same transaction.
    op.execute("UPDATE shops SET account_id = gen_random_uuid()")
    op.execute(ACCOUNTS)
    op.execute(
        "-- squawk-ignore adding-not-nullable-field, adding-foreign-key-constraint, disallowed-unique-constraint, "
        "constraint-missing-not-valid\n"
        "ALTER TABLE shops ALTER COLUMN account_id SET NOT NULL, "
        "ADD CONSTRAINT uq_shops_account_id UNIQUE (account_id), "
        "ADD CONSTRAINT fk_shops_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)"
    )
    op.execute(KEYS)
    op.execute("CREATE INDEX ix_shop_keys_shop_id ON shop_keys (shop_id, id)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("DROP TABLE shop_keys")
    op.execute("ALTER TABLE shops DROP COLUMN account_id")
