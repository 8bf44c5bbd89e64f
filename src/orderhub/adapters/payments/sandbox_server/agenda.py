"""What the provider does later: named appointments on the event loop."""

import asyncio
import time
from collections.abc import Callable


class Agenda:
    """One appointment per name; a new one replaces the old."""

    def __init__(self) -> None:
        self._handles: dict[str, asyncio.TimerHandle] = {}

    def at(self, due: float, name: str, act: Callable[[], None]) -> None:
        """Call ``act`` at ``due`` (Unix seconds), or right away when that is past."""
        self.drop(name)
        delay = max(0.0, due - time.time())
        self._handles[name] = asyncio.get_running_loop().call_later(delay, self._keep, name, act)

    def drop(self, name: str) -> None:
        """Forget an appointment, if there is one."""
        handle = self._handles.pop(name, None)
        if handle is not None:
            handle.cancel()

    def close(self) -> None:
        """Forget all of them."""
        for name in list(self._handles):
            self.drop(name)

    def _keep(self, name: str, act: Callable[[], None]) -> None:
        self._handles.pop(name, None)
        act()
