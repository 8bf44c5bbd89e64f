"""The sandbox payment provider beside a server: a process of its own, started again when it ends.

Its port and keys are made once and kept in the data folder, so that a payer's page stays valid over a
restart. Of several processes on one data folder the first runs it, and another takes over from it.
"""

import asyncio
import base64
import fcntl
import json
import os
import secrets
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from orderhub.commands.terminal import complain
from orderhub.settings import Settings

_HOOK: Final = "/v1/hooks/payments/sandbox"
_LOOK_EVERY: Final = 1.0
_PAUSES: Final = (0.2, 1.0, 5.0)
"""Seconds before the process is started again, longer each time that it ends at once."""
_STEADY: Final = 10.0
_STOP_WITHIN: Final = 5.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What stays the same over restarts."""

    port: int
    api_key: str
    secret: str
    notify_url: str

    @property
    def url(self) -> str:
        """Where the provider answers."""
        return f"http://127.0.0.1:{self.port}"


class SandboxProvider:
    """Runs the provider of one data folder, or waits to take over from the process that does."""

    def __init__(self, folder: Path, api_url: str | None) -> None:
        """``api_url`` is where notifications go; None keeps to the one that was told last."""
        self._folder = folder
        self._lock: int | None = None
        self._take_over()
        self.identity = self._identify(api_url)

    def settings(self, settings: Settings) -> Settings:
        """The same settings, with this provider."""
        payments = settings.payments.model_copy(
            update={
                "url": self.identity.url,
                "api_key": SecretStr(self.identity.api_key),
                "webhook_secret": SecretStr(self.identity.secret),
            }
        )
        return settings.model_copy(update={"payments": payments})

    async def run(self) -> None:
        """Go on until cancelled; then the process is stopped."""
        short_lives = 0
        try:
            while True:
                if self._lock is None and not self._take_over():
                    await asyncio.sleep(_LOOK_EVERY)
                    continue
                lived_long = await self._live_once()
                short_lives = 0 if lived_long else short_lives + 1
                await asyncio.sleep(_PAUSES[min(short_lives, len(_PAUSES) - 1)])
        finally:
            if self._lock is not None:
                os.close(self._lock)

    def _take_over(self) -> bool:
        lock = os.open(self._folder / "sandbox-provider.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _identify(self, api_url: str | None) -> Identity:
        path = self._folder / "sandbox-provider.json"
        known = _read(path)
        if self._lock is None and known is not None:
            return known
        notify_url = f"{api_url}{_HOOK}" if api_url else known and known.notify_url
        if known is None:
            found = Identity(_free_port(0), secrets.token_urlsafe(24), _new_secret(), notify_url or "")
        else:
            found = replace(known, port=_free_port(known.port), notify_url=notify_url or "")
        _write(path, found)
        return found

    async def _live_once(self) -> bool:
        """Start the process and wait for its end; whether it lived for a while."""
        began = asyncio.get_running_loop().time()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "orderhub.adapters.payments.sandbox_server", "--with-parent"),
            *("--port", str(self.identity.port)),
            *("--state", str(self._folder / "sandbox-provider.journal")),
            *("--notify-url", self.identity.notify_url),
            env={**os.environ, "SANDBOX_API_KEY": self.identity.api_key, "SANDBOX_SECRET": self.identity.secret},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _stop(process)
            raise
        complain(f"The sandbox payment provider ended with status {status}; starting it again.")
        return asyncio.get_running_loop().time() - began > _STEADY


async def _stop(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()


def _free_port(wanted: int) -> int:
    """The wanted port while nobody has it, else a free one."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", wanted))
        except OSError:
            return _free_port(0)
        return trial.getsockname()[1]


def _new_secret() -> str:
    """A signing secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


def _read(path: Path) -> Identity | None:
    try:
        return Identity(**json.loads(path.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _write(path: Path, identity: Identity) -> None:
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(asdict(identity)))
    new.replace(path)
