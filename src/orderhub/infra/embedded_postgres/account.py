"""Which user of the operating system runs the server. PostgreSQL refuses to run as root.

A normal user runs it as themselves. Root hands it to an unprivileged user that already exists; no
user is created. That user need not be able to reach the data folder: a process keeps a working
directory that root entered for it, and the server is told to look no further (`seen_from_inside`).
"""

import os
import pwd
import stat
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from orderhub.infra.embedded_postgres.errors import OWN_DATABASE, EmbeddedPostgresError, cannot_run

ROOT = 0
_UNPRIVILEGED_NAMES = ("postgres", "nobody")


@dataclass(frozen=True)
class ServerAccount:
    """The user and group ids of the server's processes and files."""

    uid: int
    gid: int

    def can_reach(self, path: Path) -> bool:
        """Whether every folder above `path`, and `path` itself, lets this user through."""
        if self.uid == os.geteuid():
            return os.access(path, os.X_OK, effective_ids=True)
        return path.exists() and all(self._may_enter(folder.stat()) for folder in (path, *path.parents))

    def _may_enter(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        if folder.st_gid == self.gid:
            return bool(folder.st_mode & stat.S_IXGRP)
        return bool(folder.st_mode & stat.S_IXOTH)

    def own(self, path: Path | int) -> None:
        """Give a path, or an open file, to this user: only root can, and only root needs to."""
        if os.geteuid() == ROOT:
            os.chown(path, self.uid, self.gid)

    def seen_from_inside(self, folder: Path) -> str:
        """Name `folder` as a process of this user sees it whose working directory it is."""
        # Linux follows this link without asking for the rights of the folders above it, so that
        # a data folder inside a closed home works and nobody's modes are changed.
        return str(folder) if self.can_reach(folder) else "/proc/self/cwd"

    def spawn(self, command: Sequence[str | Path], folder: Path, output: IO[bytes]) -> "Process":
        """Start `command` as this user inside `folder`, deaf to the terminal's Ctrl-C."""
        dropping = os.geteuid() == ROOT
        try:
            return subprocess.Popen(  # noqa: S603 - programs of the wheel, arguments of ours
                command,
                cwd=folder,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.uid if dropping else None,
                group=self.gid if dropping else None,
                extra_groups=[] if dropping else None,
            )
        except OSError as reason:
            raise cannot_run(str(command[0]), reason) from reason


Process = subprocess.Popen[bytes]


def clean_environment() -> dict[str, str]:
    """Make the environment of PostgreSQL's programs: no PG* variable redirects them, no secret leaks in."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def current_account() -> ServerAccount:
    """Tell the user of this very process."""
    return ServerAccount(os.geteuid(), os.getegid())


def server_account(cluster: Path) -> ServerAccount:
    """Choose who runs the server of `cluster`, which need not exist yet."""
    if os.geteuid() != ROOT:
        return current_account()
    for account in _candidates(cluster):
        if account.uid != ROOT:
            return account
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root, and this system has no user `postgres` or `nobody` "
        f"to run it instead: start OrderHub as a normal user, or {OWN_DATABASE}."
    )


def _candidates(cluster: Path) -> Iterator[ServerAccount]:
    # The owner of what exists comes first, so that root and that owner can take turns.
    for folder in (cluster, cluster.parent):
        if folder.exists():
            owner = folder.stat()
            if folder == cluster or _has_name(owner.st_uid):
                yield ServerAccount(owner.st_uid, owner.st_gid)
    for name in _UNPRIVILEGED_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        yield ServerAccount(entry.pw_uid, entry.pw_gid)


def _has_name(uid: int) -> bool:
    # initdb gives up on a user without a name.
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
