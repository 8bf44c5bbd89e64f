"""Runs functions on what strangers send, in a few processes that are stopped at a deadline.

Whatever takes apart a picture, a mail or a PDF goes through here, since the libraries that do so can be
made to take minutes or gigabytes by a few kilobytes. The function stands at its module's top level; its
arguments and its result are pickled, so bytes come and go rather than files::

    image = await isolation.run(rewrite, content, "image/png", seconds=10, memory_bytes=400_000_000)
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Final, Self, TypeVar, TypeVarTuple

from orderhub.infra.isolation.frames import Call
from orderhub.infra.isolation.process import ChildProcess
from orderhub.kit.errors import DomainError, OverloadedError
from orderhub.kit.text import Label

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

PROCESSES: Final = 3
MOST_WAITING: Final = 16
"""Calls of one function that wait for their turn: each holds what it was called with."""


class Isolation:
    """At most ``processes`` at a time, one fewer for any one function: a flood of mails leaves room for a picture.

    They are started when they are needed, used again, and end after ``idle`` seconds without work. A call that
    would wait longer than ``wait`` seconds is refused. Use it as a context, or `aclose` it at the end.
    """

    def __init__(self, processes: int = PROCESSES, *, wait: float = 10.0, idle: float = 30.0) -> None:
        self._places = asyncio.Semaphore(processes)
        self._turns: defaultdict[str, _Turns] = defaultdict(lambda: _Turns(max(1, processes - 1)))
        self._wait, self._idle = wait, idle
        self._resting: dict[ChildProcess, asyncio.TimerHandle] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._at_work: set[ChildProcess] = set()
        self._is_closed = False

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, seconds: float, memory_bytes: int) -> T:
        """The result of the function, called in another process.

        It may work for ``seconds`` (waiting for its turn aside) and use ``memory_bytes`` more than it began with,
        the result among them, pickled, which takes up to three times its size.
        Raises the DomainError that the function raises; DeadlineError, MemoryLimitError or CrashedError; and
        OverloadedError when no process comes free in time.
        """
        call = Call(function, args, seconds, memory_bytes)
        async with self._turn(f"{function.__module__}.{function.__qualname__}"), self._process() as process:
            return await process.call(call)

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncGenerator[None]:
        turns = self._turns[name]
        if turns.waiting >= MOST_WAITING:
            raise _overloaded()
        turns.waiting += 1
        try:
            async with asyncio.timeout(self._wait):
                await turns.places.acquire()
                try:
                    await self._places.acquire()
                except BaseException:
                    turns.places.release()
                    raise
        except TimeoutError:
            raise _overloaded() from None
        finally:
            turns.waiting -= 1
        try:
            yield
        finally:
            self._places.release()
            turns.places.release()

    @asynccontextmanager
    async def _process(self) -> AsyncGenerator[ChildProcess]:
        process = await self._take()
        self._at_work.add(process)
        is_sound = False
        try:
            yield process
            is_sound = True
        except DomainError:
            is_sound = True
            raise
        finally:
            self._at_work.discard(process)
            if is_sound and process.is_fit and not self._is_closed:
                loop = asyncio.get_running_loop()
                self._resting[process] = loop.call_later(self._idle, self._dismiss, process)
            else:
                await process.stop()

    async def _take(self) -> ChildProcess:
        """The process that rested last, so that those that are not needed end, or a new one."""
        while self._resting:
            process, timer = self._resting.popitem()
            timer.cancel()
            if process.is_fit:
                return process
            await process.stop()
        if self._is_closed:
            raise _overloaded()
        try:
            return await ChildProcess.start()
        except OSError:
            raise _overloaded() from None

    def _dismiss(self, process: ChildProcess) -> None:
        self._resting.pop(process).cancel()
        task = asyncio.get_running_loop().create_task(process.leave())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    @property
    def processes(self) -> int:
        """Those that there are now."""
        return len(self._at_work) + len(self._resting) + len(self._leaving)

    async def aclose(self) -> None:
        """End every process; a call under way has none of its answer."""
        self._is_closed = True
        for process in tuple(self._resting):
            self._dismiss(process)
        await asyncio.gather(*(process.stop() for process in self._at_work), *self._leaving)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Turns:
    """The places of one function, and how many wait for one."""

    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.waiting = 0


def _overloaded() -> OverloadedError:
    return OverloadedError(
        Label(
            "Trop de choses sont examinées. Réessayez dans un instant.",
            "Too much is being looked into. Try again in a moment.",
        ),
        retry_after=2,
    )
