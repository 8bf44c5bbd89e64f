"""One child process as its starter has it: started, asked one call at a time, ended."""

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import Any, Final, Self

from orderhub.infra.isolation.errors import CrashedError, DeadlineError, MemoryLimitError
from orderhub.infra.isolation.frames import BEGUN, FAILED, HEADER, MEMORY, REFUSED, Call, load_answer
from orderhub.kit.errors import DomainError

_BEGINS_WITHIN: Final = 30.0
"""Seconds in which Python starts and the function is imported, on however busy a machine."""
_LEAVES_WITHIN: Final = 2.0
_MOST_CALLS: Final = 200
"""After so many the process is replaced: what its libraries have leaked goes with it."""
_PIECE: Final = 1 << 20
_MOST_TOLD: Final = 1 << 20
"""Bytes of why a function could not be loaded."""


class ChildProcess:
    """A process that does calls. After any error but a refusal of ours it is of no more use: `stop` it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._calls = 0

    @classmethod
    async def start(cls) -> Self:
        """Start one. Raises OSError where the machine has no room for it."""
        # Its folders of modules are ours; of the environment it gets nothing, since secrets are in it.
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "2"}
        arguments = (sys.executable, "-P", "-m", "orderhub.infra.isolation.child")
        return cls(
            await asyncio.create_subprocess_exec(
                *arguments,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=environment,
                limit=_PIECE,
                start_new_session=True,  # Ctrl-C is for us, who let running calls finish
            )
        )

    @property
    def is_fit(self) -> bool:
        """Whether it may be asked once more."""
        return self._process.returncode is None and self._calls < _MOST_CALLS

    async def call(self, call: Call) -> Any:
        """The function's result. Raises DomainError as the function did, or IsolationError."""
        self._calls += 1
        request = pickle.dumps(call, pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(_BEGINS_WITHIN):
                kind, content = await self._ask(request)
            if kind == BEGUN:
                async with asyncio.timeout(call.seconds):
                    kind, content = await self._read(most=call.memory_bytes)
        except TimeoutError:
            raise DeadlineError(f"{call.function.__qualname__} took longer than {call.seconds} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise CrashedError(await self._how_it_died()) from None
        return _value(kind, content)

    async def _ask(self, request: bytes) -> tuple[bytes, bytes]:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - it was asked for
        stdin.write(HEADER.pack(b"c", len(request)))
        stdin.write(request)
        await stdin.drain()
        return await self._read(most=_MOST_TOLD)

    async def _read(self, *, most: int) -> tuple[bytes, bytes]:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - likewise
        kind, length = HEADER.unpack(await stdout.readexactly(HEADER.size))
        if length > most:
            raise CrashedError("its answer is larger than the memory it may have")
        return kind, await stdout.readexactly(length)

    async def _how_it_died(self) -> str:
        await self.leave()  # asked for its status first: a signal sent meanwhile would make that unknown
        status = self._process.returncode or 0
        return f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"

    async def leave(self) -> None:
        """End a process that does nothing: it sees that nobody will ask it again."""
        assert self._process.stdin is not None  # noqa: S101 - as above
        self._process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVES_WITHIN):
                await self._process.wait()
        await self.stop()

    async def stop(self) -> None:
        """End the process at once, whatever it does."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        assert self._process.stdin is not None  # noqa: S101 - as above
        self._process.stdin.close()
        await self._process.wait()


def _value(kind: bytes, content: bytes) -> Any:
    if kind == MEMORY:
        raise MemoryLimitError("it asked for more memory than it may have")
    if kind == FAILED:
        raise CrashedError(content.decode(errors="replace"))
    try:
        value = load_answer(content)
    except Exception as error:
        raise CrashedError(f"its answer can't be read: {error}") from error
    if kind != REFUSED:
        return value
    if isinstance(value, DomainError):
        raise value
    raise CrashedError("it raised what is no error")
