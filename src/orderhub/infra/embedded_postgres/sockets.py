"""The folder of the server's unix socket. Whoever can enter it is trusted, so only its user can."""

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from orderhub.infra.embedded_postgres.account import ServerAccount
from orderhub.infra.embedded_postgres.errors import EmbeddedPostgresError, cannot_use

PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
# Clients read a comma or a colon in it as the start of another host, or of a port.
_PLAIN_PATH = re.compile(r"[\w./-]+")
# The kernel keeps a socket's path in 108 bytes, the last of them a zero.
_LONGEST_PATH = 107


def prepare_socket_dir(data_dir: Path, account: ServerAccount) -> Path:
    """Make a folder whose path a socket and its clients can take, and that only `account` (and root) can enter."""
    for folder in _candidates(data_dir, account):
        if _is_fit(folder / SOCKET_NAME) and account.can_reach(folder.parent):
            return _make_private(folder, account)
    raise EmbeddedPostgresError(
        f"Found no folder with a short and plain path for the database's socket near {data_dir}: set TMPDIR to one."
    )


def remove_socket_dir(folder: Path) -> None:
    """Remove the folder of a server that has stopped, with what a killed one left in it."""
    with suppress(OSError):  # a folder that stays does no harm
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _is_fit(socket: Path) -> bool:
    is_short = len(os.fsencode(socket)) <= _LONGEST_PATH
    return is_short and _PLAIN_PATH.fullmatch(str(socket)) is not None


def _candidates(data_dir: Path, account: ServerAccount) -> Iterator[Path]:
    yield data_dir / "socket"
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    for base in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - made private below, or refused
        yield Path(base, f"orderhub-{account.uid}-{digest}")


def _make_private(folder: Path, account: ServerAccount) -> Path:
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        _refuse_strangers(folder, account)
    except OSError as reason:
        raise cannot_use(str(folder.parent), reason) from reason
    folder.chmod(0o700)
    return folder


def _refuse_strangers(folder: Path, account: ServerAccount) -> None:
    # Somebody else's folder of this name, in a folder that everybody may write to, is a trap.
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise EmbeddedPostgresError(
            f"{folder} belongs to another user: remove it, or choose another folder with --data-dir."
        )
