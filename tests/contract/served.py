"""The town on a thread of its own, for a client that is not asynchronous."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from orderhub.settings import Settings
from tests.security.town import Town, open_town

T = TypeVar("T")


class Served:
    """The town, and the loop that it lives in."""

    def __init__(self, town: Town, loop: asyncio.AbstractEventLoop) -> None:
        self.town = town
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Let something be done in the town's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)


@contextmanager
def serving(settings: Settings) -> Generator[Served]:
    """Open the town, and close it at the end."""
    opened: Future[tuple[Served, Callable[[], object]]] = Future()

    async def living() -> None:
        try:
            async with open_town(settings) as town:
                loop, leave = asyncio.get_running_loop(), asyncio.Event()
                opened.set_result((Served(town, loop), lambda: loop.call_soon_threadsafe(leave.set)))
                await leave.wait()
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)

    thread = threading.Thread(target=lambda: asyncio.run(living()), name="town")
    thread.start()
    try:
        served, close = opened.result(timeout=120)
        try:
            yield served
        finally:
            close()
    finally:
        thread.join()
