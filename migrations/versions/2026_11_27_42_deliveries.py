"""What is delivered with an order is a message of its conversation, and stands in the order itself.

What was delivered before is taken from the history into the orders, batch by batch; conversations are left as they are.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from orderhub.kit.ids import parse_id

revision = "42_deliveries"
down_revision = "41_thumbnails"
branch_labels = None
depends_on = None

BATCH = sa.text(
    "SELECT subject_id, jsonb_agg(jsonb_build_object('at', at, 'said', data) ORDER BY version) AS delivered"
    " FROM history WHERE process = 'service' AND action = 'deliver' AND subject_id > :after"
    " GROUP BY subject_id ORDER BY subject_id LIMIT 500"
)
FILES = sa.text("SELECT id, name, media_type, size FROM files WHERE id = ANY(:ids) AND forgotten_at IS NULL")
KEEP = sa.text(
    "UPDATE orders SET details = details || jsonb_build_object('deliveries', CAST(:kept AS jsonb)) WHERE id = :id"
)
MOST = 10


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("ALTER TABLE messages ADD COLUMN IF NOT EXISTS action TEXT")
    with op.get_context().autocommit_block():
        bind, after = op.get_bind(), "00000000-0000-0000-0000-000000000000"
        while rows := bind.execute(BATCH, {"after": after}).all():
            for row in rows:
                _keep(bind, row.subject_id, row.delivered)
            after = rows[-1].subject_id


def _keep(bind: sa.Connection, order_id: object, delivered: list[dict[str, Any]]) -> None:
    found = [_delivery(bind, number, each) for number, each in enumerate(delivered, start=1)]
    bind.execute(KEEP.bindparams(sa.bindparam("kept", type_=sa.JSON())), {"id": order_id, "kept": found[-MOST:]})


def _delivery(bind: sa.Connection, number: int, delivered: dict[str, Any]) -> dict[str, Any]:
    said = delivered["said"]
    shown: list[str] = said.get("files") or []
    ids = [file_id for each in shown if (file_id := parse_id("fil", each))]
    files: dict[Any, Any] = {row.id: row for row in bind.execute(FILES, {"ids": ids})} if ids else {}
    kept = [
        {"id": str(row.id), "name": row.name, "media_type": row.media_type, "size": row.size}
        for row in (files.get(file_id) for file_id in ids)
        if row is not None
    ]
    return {"number": number, "at": delivered["at"], "message": said.get("message"), "files": kept}


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("UPDATE orders SET details = details - 'deliveries' WHERE details ? 'deliveries'")
    op.execute("ALTER TABLE messages DROP COLUMN action")
