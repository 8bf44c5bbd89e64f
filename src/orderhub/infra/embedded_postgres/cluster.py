"""The folder that a server keeps its databases in: made whole or not at all, and checked."""

import os
import pwd
import shutil
import signal
import tempfile
from pathlib import Path

from orderhub.infra.embedded_postgres.account import ROOT, ServerAccount
from orderhub.infra.embedded_postgres.binaries import major_version, program
from orderhub.infra.embedded_postgres.errors import (
    OWN_DATABASE,
    EmbeddedPostgresError,
    cannot_use,
    failure,
)

SUPERUSER = "orderhub"
# The builtin provider sorts alike on every machine; C.UTF-8 keeps accents in words for text search.
_INITDB_OPTIONS = (
    *("--username", SUPERUSER),
    *("--auth", "trust"),
    *("--encoding", "UTF8"),
    *("--locale", "C.UTF-8"),
    *("--locale-provider", "builtin"),
    *("--builtin-locale", "C.UTF-8"),
    "--no-instructions",
)


def prepare_cluster(cluster: Path, account: ServerAccount, *, durable: bool) -> None:
    """Make `cluster` when it isn't there, or check that this PostgreSQL and user can serve it.

    A `durable` one is on the disk when this returns: it survives a power cut from then on.
    """
    try:
        if cluster.exists():
            _check(cluster, account)
        else:
            _create(cluster, account, durable=durable)
    except OSError as reason:
        raise cannot_use(str(cluster.parent), reason) from reason


def _create(cluster: Path, account: ServerAccount, *, durable: bool) -> None:
    # An initdb cut short leaves only this folder, which the next start throws away.
    unfinished = cluster.with_name(f"{cluster.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    account.own(unfinished)
    try:
        _run_initdb(unfinished, account, durable=durable)
        unfinished.rename(cluster)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _run_initdb(folder: Path, account: ServerAccount, *, durable: bool) -> None:
    command = [
        program("initdb", account),
        *("--pgdata", account.seen_from_inside(folder)),
        *_INITDB_OPTIONS,
        *(() if durable else ("--no-sync",)),
    ]
    with tempfile.TemporaryFile() as output:
        child = account.spawn(command, folder, output)
        try:
            status = child.wait()
        except BaseException:  # Ctrl-C reaches us, not a child in a session of its own
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        output.seek(0)
        if status != 0:
            raise failure("create its data folder", output.read().decode(errors="replace"))


def _check(cluster: Path, account: ServerAccount) -> None:
    owner = cluster.stat().st_uid
    if owner == ROOT or owner != account.uid:
        raise EmbeddedPostgresError(
            f"The database in {cluster} belongs to user {_name(owner)}: start OrderHub as that "
            "user, or choose another folder with --data-dir."
        )
    made_by = (cluster / "PG_VERSION").read_text().strip()
    if made_by != major_version():
        raise EmbeddedPostgresError(
            f"The database in {cluster} was made by PostgreSQL {made_by}, and this OrderHub brings "
            f"PostgreSQL {major_version()}. Make a backup with the OrderHub that made it and restore "
            f"it into a new folder (--data-dir), or {OWN_DATABASE}."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
