"""Migrations: bring a database up to date, and tell whether it is.

The scripts lie in ``migrations/`` of the source tree and travel inside the wheel.
"""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "_migrations"
_SOURCE = _PACKAGE.parents[1] / "migrations"


@cache
def _config() -> Config:
    config = Config()
    location = _INSTALLED if _INSTALLED.is_dir() else _SOURCE
    config.set_main_option("script_location", str(location).replace("%", "%%"))
    return config


@cache
def head() -> str:
    """The newest revision that this version of OrderHub knows."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        message = "OrderHub was installed without its migrations."
        raise RuntimeError(message)
    return found


async def upgrade(url: str) -> None:
    """Apply every missing migration, each in its own transaction; nothing when there is none."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


async def at_head(connection: AsyncConnection) -> bool:
    """Whether the database has exactly the tables that this version expects."""
    return await connection.run_sync(_revision) == head()


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    location = _config().get_main_option("script_location") or ""
    config.set_main_option("script_location", location.replace("%", "%%"))
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
