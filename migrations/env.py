"""Runs the migrations on the database of the settings, or on the connection that the caller gives."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from orderhub.domain.models import METADATA
from orderhub.settings import Settings


def run(connection: Connection) -> None:
    """Apply the migrations in one transaction each."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        transaction_per_migration=True,
        compare_type=True,
        include_name=lambda name, kind, _: not (kind == "table" and (name or "").startswith("pgqueuer")),
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_settings() -> None:
    """Connect to ORDERHUB_DATABASE_URL."""
    url = Settings().database.url
    if url is None:
        message = "Set ORDERHUB_DATABASE_URL, or run `orderhub migrate`, which starts the embedded database."
        raise SystemExit(message)
    engine = create_async_engine(url.get_secret_value())
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_on_settings())
