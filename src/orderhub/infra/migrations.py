"""Migrations: bring a database up to date, and tell whether it is.

The scripts lie in ``migrations/`` of the source tree and travel inside the wheel. Alembic takes a
tenth of a second and some memory to import: only what applies migrations pays for it.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from alembic.config import Config

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "_migrations"
_SOURCE = _PACKAGE.parents[1] / "migrations"
_REVISION: Final = re.compile(r'^(down_)?revision = "(.+)"$', re.MULTILINE)
_BOOK: Final = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_WRITTEN: Final = text("SELECT version_num FROM alembic_version")


def _folder() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _SOURCE


@cache
def known() -> frozenset[str]:
    """Every revision that this version of OrderHub knows."""
    return frozenset(name for down, name in _names() if not down)


@cache
def head() -> str:
    """The newest revision that this version of OrderHub knows."""
    newest = known() - {name for down, name in _names() if down}
    if len(newest) != 1:
        message = f"OrderHub has {len(newest)} newest migrations instead of one in {_folder()}."
        raise RuntimeError(message)
    return min(newest)


def scripts() -> Path:
    """The folder of the migrations themselves."""
    return _folder() / "versions"


def _names() -> list[tuple[str, str]]:
    return [found for script in scripts().glob("*.py") for found in _REVISION.findall(script.read_text())]


async def upgrade(url: str) -> None:
    """Apply every missing migration, each in its own transaction; nothing when there is none."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


async def revision_of(connection: AsyncConnection) -> str | None:
    """The revision that a database is at; None when it was never migrated."""
    if not await connection.scalar(_BOOK):
        return None
    return await connection.scalar(_WRITTEN)


async def at_head(connection: AsyncConnection) -> bool:
    """Whether the database has every table that this version expects.

    A revision that we don't know is of a later release, whose migrations let this version serve on.
    """
    revision = await revision_of(connection)
    return revision == head() or (revision is not None and revision not in known())


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    return config
