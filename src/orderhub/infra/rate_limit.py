"""Counts requests in windows of a minute: in memory for one process, through Redis or Valkey for several."""

import time
from dataclasses import dataclass
from typing import Final

from limits import RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.storage import storage_from_string

WINDOW: Final = 60


@dataclass(frozen=True, slots=True)
class Standing:
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


class RateLimits:
    """The counters of one deployment. ``storage`` is ``memory://`` or ``redis://host:port``."""

    def __init__(self, storage: str) -> None:
        found = storage_from_string(f"async+{storage}")
        if not isinstance(found, Storage):
            message = f"not an asynchronous store of limits: {storage}"
            raise TypeError(message)
        self._windows = FixedWindowRateLimiter(found)
        self._items: dict[int, RateLimitItemPerMinute] = {}

    async def take(self, policy: str, quota: int, key: str) -> Standing:
        """Count one request of this caller, in real time."""
        item = self._items.get(quota) or self._items.setdefault(quota, RateLimitItemPerMinute(quota))
        allowed = await self._windows.hit(item, policy, key)
        window = await self._windows.get_window_stats(item, policy, key)
        reset = max(1, round(window.reset_time - time.time()))
        return Standing(policy, quota, max(0, window.remaining), reset, allowed)
