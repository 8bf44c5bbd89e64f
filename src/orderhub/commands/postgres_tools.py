"""PostgreSQL's own programs, run against the database of a command."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import make_url

from orderhub.commands.terminal import RefusedError
from orderhub.infra.embedded_postgres import EmbeddedPostgresError, pg_tool

_MAJOR = re.compile(r"\(PostgreSQL\)\D* (\d+)")
_LAST_LINES = 6


def run_tool(name: str, url: str, arguments: Sequence[str], *, server_major: int) -> None:
    """Run a program such as `pg_dump`, at least as new as the server. Raises RefusedError."""
    address = make_url(url).set(drivername="postgresql")
    environment = dict(os.environ)
    if address.password:
        # Not among the arguments, which every user of the machine can read.
        environment["PGPASSWORD"] = str(address.password)
    dsn = address.set(password=None).render_as_string()
    result = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [_found(name, server_major), "--dbname", dsn, "--no-password", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        last_words = "\n".join(result.stderr.strip().splitlines()[-_LAST_LINES:])
        raise RefusedError(f"{name} failed:\n{last_words}")


def _found(name: str, server_major: int) -> Path:
    for path in _candidates(name):
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        version = _MAJOR.search(told)
        if version and int(version[1]) >= server_major:
            return path
    raise RefusedError(
        f"There is no {name} of PostgreSQL {server_major} or later. On Debian: apt-get install postgresql-client"
    )


def _candidates(name: str) -> Iterator[Path]:
    # The system's comes first: the embedded one has no TLS.
    installed = shutil.which(name)
    if installed:
        yield Path(installed)
    try:
        yield pg_tool(name)
    except EmbeddedPostgresError:
        return
