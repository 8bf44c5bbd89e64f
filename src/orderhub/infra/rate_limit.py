"""Counts requests in windows of a minute: in memory for one process, through Redis or Valkey for several."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from limits import RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.storage import storage_from_string

WINDOW: Final = 60
MEMORY: Final = "memory://"


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Where a caller stands after this request: how many are left, and seconds until the count begins anew."""

    policy: str
    quota: int
    remaining: int
    reset: int
    allowed: bool

    def headers(self) -> dict[str, str]:
        """``RateLimit`` and ``RateLimit-Policy`` as draft-ietf-httpapi-ratelimit-headers writes them."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }


class Counter(Protocol):
    """Counts the requests of a caller in the current window."""

    async def add(self, policy: str, quota: int, key: str) -> tuple[int, float]:
        """How many there are with this one, and the real time when the count begins anew."""
        ...


class MemoryCounter:
    """Counts in this process, in minutes since it began.

    The library's own store looks at every key in each request; this one forgets all at once.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._began = clock, clock()
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    async def add(self, policy: str, quota: int, key: str) -> tuple[int, float]:
        """See `Counter`."""
        window = int(self._clock() - self._began) // WINDOW
        if window != self._window:
            self._window, self._counts = window, {}
        count = min(quota, self._counts.get((policy, key), 0)) + 1
        self._counts[policy, key] = count
        return count, self._began + (window + 1) * WINDOW


class SharedCounter:
    """Counts in a store that several processes share."""

    def __init__(self, storage: str) -> None:
        found = storage_from_string(f"async+{storage}")
        if not isinstance(found, Storage):
            message = f"not an asynchronous store of limits: {storage}"
            raise TypeError(message)
        self._storage = found

    async def add(self, policy: str, quota: int, key: str) -> tuple[int, float]:
        """See `Counter`."""
        name = RateLimitItemPerMinute(quota).key_for(policy, key)
        count = await self._storage.incr(name, WINDOW)
        return count, await self._storage.get_expiry(name)


class RateLimits:
    """The limits of one deployment. ``storage`` is ``memory://`` or one of the limits library's."""

    def __init__(self, storage: str) -> None:
        self._counter: Counter = MemoryCounter() if storage == MEMORY else SharedCounter(storage)

    async def take(self, policy: str, quota: int, key: str) -> RateLimit:
        """Count one request of this caller, in real time."""
        count, ends = await self._counter.add(policy, quota, key)
        reset = max(1, round(ends - time.time()))
        return RateLimit(policy, quota, max(0, quota - count), reset, count <= quota)
