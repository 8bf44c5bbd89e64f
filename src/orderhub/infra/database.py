"""The database: the ORM for cold paths, prepared single statements for hot ones.

Only this module commits. A cold path has a `session`; a hot read is one `Statement` on a connection
in autocommit; a hot write is a `HotTransaction`: BEGIN, one statement in, one out, COMMIT.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, cast
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import BigInteger, DateTime, Executable, Interval, MetaData, Text, Uuid, make_url
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from orderhub.kit.errors import OverloadedError
from orderhub.kit.text import Label

_DIALECT = PGDialect_asyncpg(paramstyle="numeric_dollar")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_drive: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types
_LIMIT = "SELECT set_config(name, most, false) FROM pg_settings JOIN (VALUES {}) AS wanted (name, most) USING (name)"
_HOT = "('idle_in_transaction_session_timeout', '2s'), ('transaction_timeout', '10s')"
_COLD = "('idle_in_transaction_session_timeout', '15s'), ('transaction_timeout', '10min')"
"""When the server ends a transaction: a process that is suspended, or whose machine is gone, must not keep its locks.

Hot transactions wait for nothing but the database; a cold one may wait for a password to be hashed. One that
is suspended while it prepares a statement doesn't count as idle, therefore the second limit (PostgreSQL 17).
"""


class Base(DeclarativeBase):
    """The base of every model; relationships, where there are any, are ``lazy="raise"``."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        timedelta: Interval(),
        dict[str, Any]: JSONB(),
        list[dict[str, Any]]: JSONB(),
        list[str]: ARRAY(Text()),
        list[UUID]: ARRAY(Uuid()),
    }


class Statement:
    """A Core statement compiled once, run through the driver without SQLAlchemy's execution layer."""

    __slots__ = ("names", "sql", "static")

    def __init__(self, statement: Executable) -> None:
        compiled = cast("SQLCompiler", cast("ClauseElement", statement).compile(dialect=_DIALECT))
        self.sql: str = str(compiled)
        if "POSTCOMPILE" in self.sql:
            raise ValueError("A list in IN (…) is written at each run: say = ANY(…) with a bound array.")
        self.names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self.static: dict[str, Any] = dict(compiled.params)

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The positional arguments of one run."""
        static = self.static
        return [values[name] if name in values else static[name] for name in self.names]


class HotTransaction:
    """One open transaction on the driver's connection."""

    __slots__ = ("connection",)

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def row(self, statement: Statement, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The first row of a statement, or None."""
        return await self.connection.fetchrow(statement.sql, *statement.arguments(values))

    async def rows(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """All rows of a statement."""
        return await self.connection.fetch(statement.sql, *statement.arguments(values))


async def _connect(limits: str, *arguments: Any, **options: Any) -> Any:
    """Connect. Raises ConnectionError also for a socket that is gone and for a name that nobody knows."""
    try:
        connection = await _drive(*arguments, **options)
    except ConnectionError:
        raise
    except OSError as reason:
        raise ConnectionError(f"The database can't be reached: {reason}") from reason
    try:
        # Not among the start-up parameters, which PgBouncer refuses.
        await connection.execute(_LIMIT.format(limits))
    except BaseException:
        connection.terminate()  # whoever asked for it has gone, or the server: nobody else would close it
        raise
    return connection


async def _prepare_connection(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),  # pyright: ignore[reportUnknownLambdaType]
        decoder=msgspec.json.decode,
    )


async def _keep(connection: Any) -> None:
    """Do nothing when a connection returns to the pool: our statements leave no session state."""


class Database:
    """Connections to one PostgreSQL. Make it, `open` it in the event loop, `close` it."""

    def __init__(self, url: str, *, pool: int = 10, wait: float = 5.0, statement_cache: int = 256) -> None:
        self.url = make_url(url).set(drivername="postgresql+asyncpg")
        self._size, self._wait, self._cache = pool, wait, statement_cache
        self.engine = create_async_engine(
            self.url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=wait,
            pool_pre_ping=False,
            hide_parameters=True,  # errors are logged: e-mail addresses and hashes are not
            connect_args={"statement_cache_size": statement_cache, "async_creator_fn": partial(_connect, _COLD)},
            json_serializer=lambda value: msgspec.json.encode(value).decode(),  # pyright: ignore[reportUnknownLambdaType]
            json_deserializer=msgspec.json.decode,
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._pool: Any = None

    @property
    def dsn(self) -> str:
        """The URL as libpq and asyncpg write it."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def in_use(self) -> int:
        """How many connections somebody holds now, on hot paths and cold ones together."""
        hot = self._pool.get_size() - self._pool.get_idle_size() if self._pool is not None else 0
        return hot + cast("QueuePool", self.engine.pool).checkedout()

    async def open(self) -> None:
        """Connect. Raises ConnectionError or asyncpg.PostgresError when the database can't be reached."""
        self._pool = await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType] - untyped there
            self.dsn,
            min_size=min(2, self._size),
            max_size=self._size,
            statement_cache_size=self._cache,
            connect=partial(_connect, _HOT),
            init=_prepare_connection,
            reset=_keep,
        )

    async def close(self) -> None:
        """Give every connection back."""
        if self._pool is not None:
            await self._pool.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        """A unit of work of a cold path: commits at the end, rolls back on any error."""
        try:
            async with self._sessions() as session, session.begin():
                yield session
        except PoolTimeoutError:
            raise _overloaded() from None

    @asynccontextmanager
    async def hot_transaction(self) -> AsyncGenerator[HotTransaction]:
        """A transaction of a hot path: commits at the end, rolls back on any error."""
        async with self._connection() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                yield HotTransaction(connection)
            except BaseException:
                await transaction.rollback()
                raise
            await transaction.commit()

    async def row(self, statement: Statement, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """A hot read: one statement, one round trip, its first row."""
        async with self._connection() as connection:
            return await connection.fetchrow(statement.sql, *statement.arguments(values))

    async def rows(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """A hot read: one statement, one round trip, all its rows."""
        async with self._connection() as connection:
            return await connection.fetch(statement.sql, *statement.arguments(values))

    def _connection(self) -> AbstractAsyncContextManager[Any]:
        return _Lease(self._pool, self._wait)


class _Lease:
    """A connection of the driver, for a moment. A class, since a generator takes 10 µs more."""

    __slots__ = ("_connection", "_pool", "_wait")

    def __init__(self, pool: Any, wait: float) -> None:
        self._pool, self._wait, self._connection = pool, wait, None

    async def __aenter__(self) -> Any:
        if self._pool.get_idle_size():
            self._connection = await self._pool.acquire()  # a timeout takes 10 µs, and nobody has to wait
            return self._connection
        try:
            self._connection = await self._pool.acquire(timeout=self._wait)
        except TimeoutError:
            raise _overloaded() from None
        return self._connection

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        connection: Any = self._connection
        try:
            if isinstance(error, asyncpg.InternalClientError):
                # What the driver says when the server ends its session between two statements.
                connection.terminate()
                raise ConnectionError("The connection to the database was lost.") from error
        finally:
            await self._pool.release(connection)


def _overloaded() -> OverloadedError:
    return OverloadedError(
        Label(
            "Toutes les connexions à la base sont occupées. Réessayez dans un instant.",
            "Every database connection is busy. Try again in a moment.",
        ),
        retry_after=1,
    )
