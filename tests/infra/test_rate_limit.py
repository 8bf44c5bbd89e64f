"""Limits: so many a minute for each caller of each policy, then anew."""

import pytest

from orderhub.infra.rate_limit import MemoryCounter, RateLimits, SharedCounter


async def test_a_caller_has_a_quota_and_is_told_what_remains() -> None:
    limits = RateLimits("memory://")
    standings = [await limits.take("account", 2, "awa") for _ in range(4)]
    assert [standing.allowed for standing in standings] == [True, True, False, False]
    assert [standing.remaining for standing in standings] == [1, 0, 0, 0]
    assert all(1 <= standing.reset <= 60 for standing in standings)
    assert standings[0].headers()["RateLimit-Policy"] == '"account";q=2;w=60'
    assert (await limits.take("account", 2, "bruno")).allowed
    assert (await limits.take("address", 2, "awa")).allowed


async def test_the_count_begins_anew_after_a_minute() -> None:
    now = [1000.0]
    counter = MemoryCounter(lambda: now[0])
    assert await counter.add("account", 5, "awa") == (1, 1060.0)
    now[0] = 1059.9
    assert await counter.add("account", 5, "awa") == (2, 1060.0)
    now[0] = 1060.0
    assert await counter.add("account", 5, "awa") == (1, 1120.0)


async def test_a_shared_store_counts_alike() -> None:
    counter = SharedCounter("memory://")
    counts = [(await counter.add("account", 5, "awa"))[0] for _ in range(3)]
    assert counts == [1, 2, 3]
    assert (await counter.add("account", 5, "bruno"))[0] == 1


def test_an_unknown_store_is_refused() -> None:
    with pytest.raises(Exception, match="nothing"):
        RateLimits("nothing://")
