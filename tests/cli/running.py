"""`orderhub` as a process of its own: how it is started, what it says, how it ends."""

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PATIENCE = 90.0
"""Seconds for a start on a machine that does other things as well."""


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said."""

    status: int
    said: str
    complained: str


class Orderhub(Protocol):
    """Runs a command to its end."""

    def __call__(self, *arguments: str, said_to_it: str = "", **settings: str) -> Answer: ...


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ORDERHUB_")}
    return {**kept, "NO_COLOR": "1", **{f"ORDERHUB_{name.upper()}": value for name, value in settings.items()}}


class Server:
    """A running `orderhub serve`, `api` or `worker`, with a session of its own as a terminal gives it."""

    def __init__(self, data_dir: Path, process: "subprocess.Popen[str]") -> None:
        self.data_dir, self.process = data_dir, process
        self.lines: list[str] = []
        self._told: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            self._told.put(line)

    def wait_for(self, words: str) -> "Server":
        """Wait until it has said something."""
        deadline = time.monotonic() + PATIENCE
        while not any(words in line for line in list(self.lines)):
            with suppress(queue.Empty):
                self._told.get(timeout=0.1)
            assert self.process.poll() is None or any(words in line for line in self.lines), self.said
            assert time.monotonic() < deadline, self.said
        return self

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    @property
    def url(self) -> str:
        return self._told_as("API")

    @property
    def provider(self) -> str:
        return self._told_as("Payments")

    def _told_as(self, name: str) -> str:
        return next(line.split()[1] for line in list(self.lines) if line.split()[:1] == [name])

    def ask_to_stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        """Wait for its end; the exit status."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def kill_everything(self) -> None:
        """As a power cut: the server, its provider and the database, all at once."""
        doomed = [self.process.pid, *processes_of(self.data_dir)]
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait()


def processes_of(data_dir: Path) -> list[int]:
    """Every living process that works on a data folder: named in its arguments, or its working directory."""
    found: list[int] = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            with suppress(OSError):
                inside = (process / "cwd").resolve().is_relative_to(data_dir)
                if inside or os.fsencode(data_dir) in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
    return found


Serve = Callable[..., Server]


def presence_of(data_dir: Path) -> dict[str, object]:
    """What a server wrote about itself."""
    return json.loads((data_dir / "serve.json").read_text())
