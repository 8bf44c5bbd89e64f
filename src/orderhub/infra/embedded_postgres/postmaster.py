"""The running server process of a cluster: found, started, waited for, stopped.

PostgreSQL writes what it is doing into `postmaster.pid`; a killed server leaves the file behind, and
its process id may by then be somebody else's. A process counts only when it is a `postgres` that
works inside this very cluster.
"""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from orderhub.infra.embedded_postgres.account import Process, ServerAccount
from orderhub.infra.embedded_postgres.binaries import program
from orderhub.infra.embedded_postgres.errors import EmbeddedPostgresError, cannot_use, failure
from orderhub.infra.embedded_postgres.sockets import PORT, SOCKET_NAME

_POLL_SECONDS = 0.005
# A server that was killed under load replays its log first; one that is healthy takes 0.02 s.
_START_SECONDS = 120.0
_FAST_SHUTDOWN_SECONDS = 60.0
_KILL_SECONDS = 5.0
_LARGEST_LOG_BYTES = 10_000_000
_LAST_LOG_BYTES = 4_000
_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = (
    "listen_addresses=",
    f"port={PORT}",
    "unix_socket_permissions=0700",
    "shared_buffers=128MB",
    "max_connections=100",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    # After a kill, every file is flushed before the recovery: one by one that takes seconds.
    "recovery_init_sync_method=syncfs",
)


@dataclass(frozen=True)
class Postmaster:
    """The main process of a server. `child` is set when this process started it."""

    pid: int
    cluster: Path
    child: Process | None = field(default=None, repr=False, compare=False)

    def is_running(self) -> bool:
        """Whether the process lives, and is still the server of this cluster."""
        if self.child is not None:
            return self.child.poll() is None
        return _serves(self.pid, self.cluster)

    def is_durable(self) -> bool:
        """Whether it was started to keep what it acknowledged, whatever happens."""
        return _NOT_DURABLE[0] not in (self.cluster / "postmaster.opts").read_text()

    def socket_dir(self) -> Path | None:
        """Where it accepts connections; None while it doesn't."""
        match _pid_file_lines(self.cluster):
            case [pid, _data_dir, _start, _port, folder, _addresses, _memory, state, *_] if (
                pid == str(self.pid) and state.strip() == "ready"
            ):
                return Path(folder) if Path(folder, SOCKET_NAME).exists() else None
            case _:
                return None

    def wait_until_ready(self, seconds: float = _START_SECONDS) -> Path | None:
        """Answer the socket folder, or None when the process ended or isn't ready in time."""
        deadline = time.monotonic() + seconds
        while self.is_running() and time.monotonic() < deadline:
            if folder := self.socket_dir():
                return folder
            time.sleep(_POLL_SECONDS)
        return None

    def stop(self) -> None:
        """End connections and transactions, write everything down, and exit. Waits for it."""
        for stop_signal, seconds in (
            (signal.SIGINT, _FAST_SHUTDOWN_SECONDS),
            (signal.SIGQUIT, _KILL_SECONDS),
            (signal.SIGKILL, _KILL_SECONDS),
        ):
            if self._ends_after(stop_signal, seconds):
                return
        raise EmbeddedPostgresError(f"PostgreSQL (process {self.pid}) doesn't stop: end it by hand.")

    def _ends_after(self, stop_signal: signal.Signals, seconds: float) -> bool:
        if self.is_running():
            _send(self.pid, stop_signal)
        deadline = time.monotonic() + seconds
        while self.is_running():
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True


def find_postmaster(cluster: Path) -> Postmaster | None:
    """Find the server that runs on `cluster`, whoever started it."""
    lines = _pid_file_lines(cluster)
    if not lines or not lines[0].isdigit() or not _serves(int(lines[0]), cluster):
        return None
    return Postmaster(int(lines[0]), cluster)


def launch_postmaster(
    cluster: Path, socket_dir: Path, log: Path, account: ServerAccount, *, durable: bool
) -> Postmaster:
    """Start the server of `cluster` and wait until it accepts connections.

    Only for the owner, and when `find_postmaster` finds nothing: what a killed server left is
    cleared away first.
    """
    _clear_remains(cluster, socket_dir)
    settings = (*_SETTINGS, f"unix_socket_directories={socket_dir}", *(() if durable else _NOT_DURABLE))
    command = [program("postgres", account), "-D", account.seen_from_inside(cluster)]
    command += [argument for setting in settings for argument in ("-c", setting)]
    with _open_log(log) as output:
        account.own(output.fileno())
        log_start = output.tell()
        child = account.spawn(command, cluster, output)
    started = Postmaster(child.pid, cluster, child)
    try:
        is_ready = started.wait_until_ready() is not None
    except BaseException:
        started.stop()
        raise
    if not is_ready:
        started.stop()
        raise failure("start", _tail(log, log_start))
    return started


def _open_log(log: Path) -> IO[bytes]:
    """Open the log at its end; a large one makes way, and is kept beside it once."""
    try:
        if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
            log.replace(log.with_name(f"{log.name}.1"))
        return log.open("ab")
    except OSError as reason:
        raise cannot_use(str(log.parent), reason) from reason


def _tail(log: Path, start: int) -> str:
    with log.open("rb") as lines:
        lines.seek(max(start, log.stat().st_size - _LAST_LOG_BYTES))
        return lines.read().decode(errors="replace")


def _clear_remains(cluster: Path, socket_dir: Path) -> None:
    """End the processes that outlived a killed server, and remove the pid files it left.

    PostgreSQL refuses to start beside such processes, and beside a pid file whose number was given
    to another process since, which in a container is the rule, or whose process nobody has reaped.
    """
    deadline = time.monotonic() + _KILL_SECONDS
    while remains := list(_processes_in(cluster)):
        for pid in remains:
            _send(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"Processes {remains} of a killed PostgreSQL still use {cluster}: end them by hand."
            )
        time.sleep(_POLL_SECONDS)
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    (socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _processes_in(cluster: Path) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _serves(int(entry.name), cluster):
            yield int(entry.name)


def _serves(pid: int, cluster: Path) -> bool:
    process = Path("/proc", str(pid))
    try:
        is_postgres = (process / "comm").read_text().strip() == "postgres"
        return is_postgres and (process / "cwd").samefile(cluster)
    except OSError:  # it ended, or belongs to another user, who can't serve this cluster
        return False


def _send(pid: int, stop_signal: signal.Signals) -> None:
    try:
        os.kill(pid, stop_signal)
    except ProcessLookupError:
        return


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
