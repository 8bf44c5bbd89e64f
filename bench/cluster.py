"""The durable PostgreSQL of a run, its databases, and PostgreSQL's own programs against them."""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from orderhub.infra import embedded_postgres, migrations
from orderhub.infra.embedded_postgres import EmbeddedPostgres, pg_tool

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    server: EmbeddedPostgres

    def create(self, name: str, template: str | None = None) -> "Hub":
        """A database with OrderHub's tables, or with those of another one."""
        create = f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")
        psql(self.server.url("postgres"), "-c", create)
        if template is None:
            asyncio.run(migrations.upgrade(self.server.url(name)))
        return Hub(name, self.server.url(name))


@dataclass(frozen=True, slots=True)
class Hub:
    """One database."""

    name: str
    url: str

    @property
    def dsn(self) -> str:
        """The URL as libpq and asyncpg write it."""
        return dsn_of(self.url)

    def ask(self, query: str) -> list[list[str]]:
        """The rows of a query, as text."""
        told = psql(self.url, "-F", "\t", "-c", query)
        return [line.split("\t") for line in told.splitlines()]


@contextmanager
def running_cluster() -> Generator[Cluster]:
    """A durable server in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="orderhub-bench-") as folder:
        Path(folder).chmod(0o755)
        with embedded_postgres.start(Path(folder) / "hub", durable=True, databases=()) as server:
            yield Cluster(server)


def dsn_of(url: str) -> str:
    """A SQLAlchemy URL as libpq and asyncpg write it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def psql(url: str, *arguments: str | Path, options: Mapping[str, int] | None = None) -> str:
    """Run psql, stop at the first error; ``options`` are settings of the session."""
    given = " ".join(f"-c {name}={value}" for name, value in (options or {}).items())
    return run_tool("psql", url, "-XqAt", "-v", "ON_ERROR_STOP=1", *arguments, environment={"PGOPTIONS": given})


def run_tool(
    name: str, url: str, *arguments: str | Path, environment: Mapping[str, str] | None = None, core: int | None = None
) -> str:
    """Run a program of PostgreSQL against a database, pinned to one core or not; what it printed."""
    command: Sequence[str | Path] = (*pinned(core), pg_tool(name), *arguments, dsn_of(url))
    done = subprocess.run(  # noqa: S603 - programs of the wheel
        command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.strip()}")
    return done.stdout


def pinned(core: int | None) -> tuple[str, ...]:
    """What goes before a command that is to run on one core."""
    return () if core is None else ("taskset", "--cpu-list", str(core))
