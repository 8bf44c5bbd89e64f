"""The database of a command: the one that the settings name, or the embedded one of the data folder."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from orderhub.commands.configuration import data_folder
from orderhub.commands.stranding import refuse_stranding
from orderhub.commands.terminal import RefusedError, step
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.samples import PEOPLE
from orderhub.infra import embedded_postgres, migrations
from orderhub.settings import Mode, Settings

if TYPE_CHECKING:
    from orderhub.infra.database import Database

OLDEST: Final = 15
"""The oldest major version of PostgreSQL that OrderHub runs on."""

_CONNECT_WITHIN: Final = 10
_MIGRATING: Final = 7_243_001
"""The advisory lock of whoever migrates, seeds or restores."""
_ASK_AGAIN: Final = 0.1
_YEARS_AHEAD: Final = 2
_HAS_SAMPLES: Final = "SELECT EXISTS (SELECT FROM accounts WHERE id = ANY($1) AND erased_at IS NULL)"


@contextmanager
def provided(settings: Settings) -> Generator[str]:
    """The URL of the settings' database; the embedded one is started for as long as it is needed."""
    if settings.database.url is not None:
        yield settings.database.url.get_secret_value()
        return
    with step("Starting the database"):
        server = embedded_postgres.start(data_folder(settings))
    with server:
        yield server.url()


@asynccontextmanager
async def opened(settings: Settings, url: str, *, migrated: bool = True) -> AsyncGenerator["Database"]:
    """A small `Database` for a command; refused when its tables are not those of this version."""
    from orderhub.infra.database import Database

    import_module("orderhub.domain.models")  # a table is written with those that it refers to
    if migrated:
        async with connected(url) as connection:
            refuse_unmigrated(await _revision(connection))
    database = Database(url, pool=2, wait=settings.database.wait, statement_cache=settings.database.statement_cache)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def prepare(settings: Settings, url: str, *, sample_data: bool) -> bool:
    """Bring tables and holidays up to date; add the sample data where there is nobody yet.

    Of several processes that start together, one does it and the others wait. Answers whether the people of
    the sample data are there.
    """
    async with connected(url) as connection:
        if not await _is_ready(connection, sample_data=sample_data):
            await _take_turn(connection)
            await refuse_stranding(connection)
            await _migrate(url, await _revision(connection))
            await _add_holidays(settings, url, connection)
            if sample_data and not await _has_accounts(connection):
                await add_sample_data(settings, url)
        return await _has_samples(connection)


async def _take_turn(connection: Any) -> None:
    """Wait until nobody else migrates.

    Asked again and again: a statement that waits holds up the index that the other one builds concurrently.
    """
    while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _MIGRATING):  # noqa: ASYNC110 - of another process
        await asyncio.sleep(_ASK_AGAIN)


async def check(url: str) -> None:
    """Raise RefusedError unless the server is recent enough and has this version's tables."""
    async with connected(url) as connection:
        refuse_unmigrated(await _revision(connection))


async def refuse_samples(url: str) -> None:
    """Raise RefusedError where people of the sample data could sign in: for production."""
    async with connected(url) as connection:
        if await _has_samples(connection):
            raise RefusedError(
                "The database holds the people of the sample data, whose passwords are published: name an empty one in "
                "ORDERHUB_DATABASE_URL."
            )


async def migrate(settings: Settings, url: str) -> None:
    """Bring tables and holidays up to date. Raises RefusedError where what is open would be stranded."""
    async with connected(url) as connection:
        await refuse_stranding(connection)
    await prepare(settings, url, sample_data=False)


async def add_sample_data(settings: Settings, url: str) -> None:
    """Write the sample data set. Raises RefusedError in production."""
    from orderhub.seed import seed

    if settings.mode is Mode.PRODUCTION:
        raise RefusedError("Sample data is for development: its passwords are public.")
    with step("Adding the sample data"):
        async with opened(settings, url) as database:
            await seed(database, settings)


def refuse_unmigrated(revision: str | None) -> None:
    """Raise RefusedError when the tables are missing, older or newer than this version's."""
    if revision is None or revision in migrations.known() - {migrations.head()}:
        raise RefusedError("The database lacks tables that this OrderHub needs: run `orderhub migrate` first.")
    _refuse_newer(revision)


def _refuse_newer(revision: str) -> None:
    if revision not in migrations.known():
        raise RefusedError(
            f"The database was migrated by another version of OrderHub (to {revision}), which this one doesn't "
            "know: run a version that does."
        )


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Any]:
    """A connection of the driver to a server that is recent enough. Raises RefusedError."""
    connection = await _connect(url)
    try:
        if connection.get_server_version().major < OLDEST:
            version = connection.get_server_version()
            raise RefusedError(
                f"The database server is PostgreSQL {version.major}.{version.minor}; OrderHub needs {OLDEST} or later."
            )
        yield connection
    finally:
        await connection.close()


async def _connect(url: str) -> Any:
    try:
        address = make_url(url).set(drivername="postgresql")
        dsn = address.render_as_string(hide_password=False)
        return await asyncpg.connect(dsn, timeout=_CONNECT_WITHIN)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types
    except (ArgumentError, ValueError) as reason:
        raise RefusedError(
            "ORDERHUB_DATABASE_URL is no URL of a database; write postgresql://user:password@host/name."
        ) from reason
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as reason:
        shown = make_url(url).render_as_string(hide_password=True)
        told = str(reason).rstrip(".") or type(reason).__name__
        raise RefusedError(f"The database {shown} can't be reached: {told}.") from reason


async def _is_ready(connection: Any, *, sample_data: bool) -> bool:
    return (
        await _revision(connection) == migrations.head()
        and not await _missing_years(connection)
        and (not sample_data or await _has_accounts(connection))
    )


async def _revision(connection: Any) -> str | None:
    if await connection.fetchval("SELECT to_regclass('alembic_version') IS NULL"):
        return None
    return await connection.fetchval("SELECT version_num FROM alembic_version")


async def _has_accounts(connection: Any) -> bool:
    """Whether there is anybody but the house, which is there from the beginning."""
    return await connection.fetchval("SELECT EXISTS (SELECT FROM accounts WHERE id <> $1)", HOUSE_ID)


async def _has_samples(connection: Any) -> bool:
    return await connection.fetchval(_HAS_SAMPLES, [person.id for person in PEOPLE])


async def _missing_years(connection: Any) -> set[int]:
    this_year = datetime.now(UTC).year
    known = await connection.fetch("SELECT DISTINCT extract(year FROM day)::int AS year FROM holidays")
    return set(range(this_year, this_year + _YEARS_AHEAD + 1)) - {row["year"] for row in known}


async def _migrate(url: str, revision: str | None) -> None:
    if revision == migrations.head():
        return
    if revision is not None:
        _refuse_newer(revision)
    with step("Bringing the tables up to date"):
        await migrations.upgrade(url)


async def _add_holidays(settings: Settings, url: str, connection: Any) -> None:
    missing = await _missing_years(connection)
    if missing:
        from orderhub.domain.policies.seeding import seed_policies

        async with opened(settings, url) as database, database.session() as session:
            await seed_policies(session, settings.house.country, missing)
