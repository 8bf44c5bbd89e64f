"""How the embedded database is started, shared by several processes, and stopped.

A data folder holds `cluster/` (PostgreSQL's own files), `postgres.log`, `owner.lock` and, when its
path is short and plain enough, `socket/`. The first who starts owns the database and stops it; who comes later
attaches. When an owner was killed its server lives on, and the next who starts becomes its owner.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

from orderhub.infra.embedded_postgres.account import (
    ROOT,
    ServerAccount,
    clean_environment,
    server_account,
)
from orderhub.infra.embedded_postgres.binaries import pg_tool
from orderhub.infra.embedded_postgres.cluster import SUPERUSER, prepare_cluster
from orderhub.infra.embedded_postgres.errors import EmbeddedPostgresError, cannot_use, failure
from orderhub.infra.embedded_postgres.ownership import Ownership, running_owner, take_ownership
from orderhub.infra.embedded_postgres.postmaster import (
    Postmaster,
    find_postmaster,
    launch_postmaster,
)
from orderhub.infra.embedded_postgres.sockets import PORT, prepare_socket_dir, remove_socket_dir

_ATTACH_SECONDS = 30.0
_ORPHAN_READY_SECONDS = 10.0
_POLL_SECONDS = 0.01
# One at a time: two starters that miss the same database would both create it.
_CREATE_DATABASES = r"""
SELECT pg_advisory_lock(1) \g /dev/null
SELECT format('CREATE DATABASE %I', name)
FROM unnest(string_to_array(:'names', chr(10))) AS wanted(name)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name)
\gexec
"""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """A running server; leaving it as a context manager stops it."""

    data_dir: Path
    socket_dir: Path
    _postmaster: Postmaster
    _ownership: Ownership | None = field(repr=False, compare=False)

    @property
    def pid(self) -> int:
        """The main process of the server."""
        return self._postmaster.pid

    @property
    def owner(self) -> bool:
        """Whether `stop` stops the server; if not, the process that owns it will."""
        return self._ownership is not None

    @property
    def held_by(self) -> int | None:
        """The process that owns the server now: this one, another, or none that lives."""
        return running_owner(self.data_dir)

    def url(self, database: str = "orderhub") -> str:
        """Write the SQLAlchemy URL of a database; without `+asyncpg` it is asyncpg's own DSN."""
        # The port is named so that a PGPORT in the environment can't lead astray.
        host = quote(str(self.socket_dir))
        return f"postgresql+asyncpg://{SUPERUSER}@/{quote(database)}?host={host}&port={PORT}"

    def is_running(self) -> bool:
        """Whether the server process lives. An owner whose server died may `stop` and `start`."""
        return self._postmaster.is_running()

    def stop(self) -> None:
        """Shut the server down and wait for it; nothing at all when another process owns it."""
        # Asked to stop twice, it leaves alone whoever started in between.
        if self._ownership is not None and self._ownership.is_held():
            try:
                self._postmaster.stop()
                remove_socket_dir(self.socket_dir)
            finally:
                self._ownership.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def default_data_dir() -> Path:
    """Choose the data folder of the current user, when none is given."""
    if os.geteuid() == ROOT:
        return Path("/var/lib/orderhub")
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    # A relative path there is to be ignored, says the XDG base directory specification.
    base = chosen if chosen.is_absolute() else Path.home() / ".local" / "share"
    return base / "orderhub"


def start(data_dir: Path, *, durable: bool = True, databases: Sequence[str] = ("orderhub",)) -> EmbeddedPostgres:
    """Serve `data_dir`, or attach to the process that does; make the `databases` that are missing.

    `durable=False` gives up what was acknowledged if the machine stops: for tests. The durability of
    a server that is only attached to is its owner's. Raises EmbeddedPostgresError.
    """
    data_dir = Path(os.path.abspath(data_dir.expanduser()))  # noqa: PTH100 - keeps symbolic links
    account = server_account(data_dir / "cluster")
    _make_data_dir(data_dir)
    server = _own_or_attach(data_dir, account, durable=durable)
    try:
        _create_databases(server.socket_dir, databases)
    except BaseException:
        server.stop()
        raise
    return server


def _make_data_dir(data_dir: Path) -> None:
    # Root's folder is open to the eye, so that the server's user reaches the cluster in it.
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o755 if os.geteuid() == ROOT else 0o700)
    except OSError as reason:
        raise cannot_use(str(data_dir), reason) from reason


def _own_or_attach(data_dir: Path, account: ServerAccount, *, durable: bool) -> EmbeddedPostgres:
    deadline = time.monotonic() + _ATTACH_SECONDS
    while time.monotonic() < deadline:
        # Asked again in every round: an owner that is starting up, or stopping, may die of it.
        if ownership := take_ownership(data_dir, account):
            return _serve(data_dir, account, ownership, durable=durable)
        if server := _attach(data_dir):
            return server
        time.sleep(_POLL_SECONDS)
    raise EmbeddedPostgresError(
        f"Process {running_owner(data_dir)} owns the database in {data_dir}, but its PostgreSQL "
        f"doesn't answer: end that process and start again. {data_dir / 'postgres.log'} may say why."
    )


def _attach(data_dir: Path) -> EmbeddedPostgres | None:
    postmaster = find_postmaster(data_dir / "cluster")
    socket_dir = postmaster.socket_dir() if postmaster else None
    if postmaster is None or socket_dir is None:
        return None
    return EmbeddedPostgres(data_dir, socket_dir, postmaster, None)


def _serve(data_dir: Path, account: ServerAccount, ownership: Ownership, *, durable: bool) -> EmbeddedPostgres:
    try:
        postmaster = _bring_up(data_dir, account, durable=durable)
        socket_dir = postmaster.wait_until_ready()
    except BaseException:
        ownership.release()
        raise
    if socket_dir is None:
        ownership.release()
        raise failure("stay up", f"See {data_dir / 'postgres.log'}.")
    return EmbeddedPostgres(data_dir, socket_dir, postmaster, ownership)


def _bring_up(data_dir: Path, account: ServerAccount, *, durable: bool) -> Postmaster:
    cluster = data_dir / "cluster"
    prepare_cluster(cluster, account, durable=durable)
    return _adopt_orphan(cluster, durable=durable) or launch_postmaster(
        cluster,
        prepare_socket_dir(data_dir, account),
        data_dir / "postgres.log",
        account,
        durable=durable,
    )


def _adopt_orphan(cluster: Path, *, durable: bool) -> Postmaster | None:
    """Find the server that outlived its owner, if it is of use; stop it otherwise."""
    orphan = find_postmaster(cluster)
    if orphan is None:
        return None
    if orphan.is_durable() == durable and orphan.wait_until_ready(_ORPHAN_READY_SECONDS):
        return orphan
    orphan.stop()
    return None


def _create_databases(socket_dir: Path, databases: Sequence[str]) -> None:
    if not databases:
        return
    result = subprocess.run(  # noqa: S603 - our own program and script
        [
            pg_tool("psql"),
            *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only"),
            *("--set", "ON_ERROR_STOP=1", "--set", "names=" + "\n".join(databases)),
            *("--host", str(socket_dir), "--port", str(PORT)),
            *("--username", SUPERUSER, "--dbname", "postgres"),
        ],
        input=_CREATE_DATABASES,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise failure(f"create the databases {', '.join(databases)}", result.stderr)
