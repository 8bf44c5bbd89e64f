"""Who serves a data folder: one `orderhub serve` at a time, and where it can be reached.

``serve.json`` holds the process id and the URL. A lock on it, which the kernel drops however the
process ends, tells a server that lives from what a killed one left behind.
"""

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from orderhub.commands.terminal import RefusedError

_FILE: Final = "serve.json"


class Presence:
    """A held lock. Leave it as a context manager to let the next one serve."""

    def __init__(self, folder: Path) -> None:
        """Raise RefusedError when a living server holds it, or when the folder can't be used."""
        path = folder / _FILE
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o755 if os.geteuid() == 0 else 0o700)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as reason:
            raise RefusedError(
                f"Can't use the folder {folder}: {reason.strerror}. Choose another one with --data-dir."
            ) from reason
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise RefusedError(_who_is_there(path)) from None
        self._write({"pid": os.getpid()})

    def announce(self, url: str) -> None:
        """Let others know where this server answers."""
        self._write({"pid": os.getpid(), "url": url})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def _write(self, content: dict[str, object]) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(content).encode() + b"\n", 0)


def _who_is_there(path: Path) -> str:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):  # it is only just starting, or stopping
        found = {}
    process = f"process {found['pid']}" if "pid" in found else "another process"
    place = f"at {found['url']}" if "url" in found else "and is still starting"
    return (
        f"OrderHub already serves {path.parent}: {process}, {place}. "
        "Stop it with Ctrl-C where it runs, or choose another folder (--data-dir) and port (--port)."
    )
