"""The town on a thread of its own, for a client that is not asynchronous."""

import asyncio
import threading
from collections.abc import Coroutine, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.security.town import Town, open_town

from orderhub.settings import Settings

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
    opened: Future[Served] = Future()
    closed = threading.Event()

    async def living() -> None:
        try:
            async with open_town(settings) as town:
                opened.set_result(Served(town, asyncio.get_running_loop()))
                while not closed.is_set():
                    await asyncio.sleep(0.05)
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)

    thread = threading.Thread(target=lambda: asyncio.run(living()), name="town")
    thread.start()
    try:
        yield opened.result(timeout=120)
    finally:
        closed.set()
        thread.join()
