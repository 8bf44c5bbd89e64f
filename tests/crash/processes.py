"""Programs as processes of their own: killed, suspended, and started again as often as a test wants."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0
"""Seconds for a start on a machine that does other things as well."""
_PORTS = range(20_000, 32_000)
"""Below those that the kernel gives to outgoing connections: nobody takes one while its owner is dead."""


class Process:
    """One program. Its lives write into one log, which a failed test shows."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.kills = 0
        self._command, self._environment, self._folder = [*command], dict(environment), folder
        self._log = folder / f"{name}.log"
        self._began_at = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin another life."""
        with self._log.open("ab") as output:
            self._began_at = output.tell()
            self._process = subprocess.Popen(  # noqa: S603 - our own programs
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nobody is told."""
        self._send(signal.SIGKILL)
        self.kills += 1
        self.reap()

    def suspend(self) -> None:
        """SIGSTOP: the process lives on, but does nothing; its connections stay open."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        self._send(signal.SIGCONT)

    def end(self) -> None:
        """At the end of a test, whatever state it is in."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._send(signal.SIGKILL)
            self.reap()

    def reap(self) -> None:
        assert self._process is not None
        self._process.wait(PATIENCE)

    async def until_said(self, words: str = "is ready") -> str:
        """Wait until this life has said something; the line in which it did."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for line in self.said().splitlines():
                    if words in line:
                        return line
                assert self._process is not None
                assert self._process.poll() is None, f"{self.name} ended by itself:\n{self.said()}"
                await asyncio.sleep(0.02)

    def said(self) -> str:
        """What this life has written so far."""
        with self._log.open("rb") as log:
            log.seek(self._began_at)
            return log.read().decode(errors="replace")

    def _send(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)


def orderhub(*arguments: str) -> list[str]:
    """The command line of ours."""
    return [sys.executable, "-m", "orderhub.cli", *arguments]


def lasting_port() -> int:
    """A free port that a process can take again after each of its deaths."""
    for port in random.sample(_PORTS, 100):
        with socket.socket() as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    message = "found no free port"
    raise OSError(message)
