"""Who may stop the database of a data folder: one process at a time, for as long as it lives.

The owner holds a lock that the kernel drops when the process ends, however it ends. A database that
runs while nobody holds the lock is an orphan, and belongs to the next one who starts.
"""

import fcntl
import os
import time
from pathlib import Path

from orderhub.infra.embedded_postgres.account import ServerAccount
from orderhub.infra.embedded_postgres.errors import cannot_use

_LOCK_FILE = "owner.lock"
_PAUSE_SECONDS = 0.005
# `running_owner` holds a shared lock for an instant: a few tries tell it from an owner.
_TRIES = 3


class Ownership:
    """A held lock. `release` may be called twice."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def is_held(self) -> bool:
        """Whether it hasn't been released."""
        return self._descriptor is not None

    def release(self) -> None:
        """Let the next one own the database."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def take_ownership(data_dir: Path, account: ServerAccount) -> Ownership | None:
    """Lock `data_dir`, or answer None when a living process, this one included, holds it."""
    try:
        descriptor = os.open(data_dir / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
        account.own(descriptor)
    except OSError as reason:
        raise cannot_use(str(data_dir), reason) from reason
    if not _lock(descriptor, fcntl.LOCK_EX):
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return Ownership(descriptor)


def running_owner(data_dir: Path) -> int | None:
    """Tell the process id of the living owner of `data_dir`'s database, if there is one."""
    try:
        descriptor = os.open(data_dir / _LOCK_FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError as reason:
        raise cannot_use(str(data_dir), reason) from reason
    try:
        # An owner that has only just locked hasn't written its number yet.
        while not _lock(descriptor, fcntl.LOCK_SH):
            written = os.pread(descriptor, 32, 0)
            if written.endswith(b"\n"):
                return int(written)
        return None
    finally:
        os.close(descriptor)


def _lock(descriptor: int, kind: int) -> bool:
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return True
    return False
