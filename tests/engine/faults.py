"""Faults that a real database makes: triggers of a test's own, each switched on by a row of a table.

Nothing of ours is patched: a write fails because PostgreSQL refuses it, or hangs up.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy import text

from orderhub.infra.database import Database

COMMIT, CONNECTION = "COMMIT", "connection"
TABLES = (
    "orders",
    "history",
    "postings",
    "balances",
    "events",
    "timers",
    "refunds",
    "payments",
    "payment_notifications",
    "cases",
    "idempotency_keys",
    "conversations",
    "conversation_members",
    "quotes",
    "quote_versions",
    "proofs",
    "documents",
    "number_series",
    "offers",
)
"""Everything that a change may write."""

_INSTALL = (
    "CREATE TABLE faults (at text PRIMARY KEY)",
    """CREATE FUNCTION fail_on_purpose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM faults WHERE at = TG_ARGV[0]) THEN
        IF TG_ARGV[0] = 'connection' THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
        ELSE
            RAISE EXCEPTION 'a fault at %', TG_ARGV[0];
        END IF;
    END IF;
    RETURN NULL;
END $$""",
    *(
        f"CREATE TRIGGER zz_fault AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION fail_on_purpose('{table}')"
        for table in TABLES
    ),
    """CREATE CONSTRAINT TRIGGER zz_commit AFTER INSERT ON history DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION fail_on_purpose('COMMIT')""",
    "CREATE TRIGGER zz_connection AFTER INSERT ON history FOR EACH ROW EXECUTE FUNCTION fail_on_purpose('connection')",
)


async def install(database: Database) -> None:
    """Prepare every fault; none is on."""
    async with database.session() as session:
        for statement in _INSTALL:
            await session.execute(text(statement))


@asynccontextmanager
async def fault(database: Database, at: str) -> AsyncGenerator[None]:
    """Whatever writes there fails."""
    await _switch(database, "INSERT INTO faults VALUES (:at)", at)
    try:
        yield
    finally:
        await _switch(database, "DELETE FROM faults WHERE at = :at", at)


async def _switch(database: Database, statement: str, at: str) -> None:
    async with database.session() as session:
        await session.execute(text(statement), {"at": at})


async def digests(database: Database) -> dict[str, str]:
    """What each table holds, in short."""
    parts = " UNION ALL ".join(
        f"SELECT '{table}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS held "
        f"FROM {table} t"
        for table in TABLES
    )
    async with database.session() as session:
        return {row.name: row.held for row in await session.execute(text(parts))}
