"""The benchmark counts round trips by itself: signed in as its people are, whatever the settings of the machine."""

import asyncio

from bench import trips
from bench.cluster import Hub


async def test_every_path_is_counted_and_within_its_bound(hub: Hub) -> None:
    figures = await asyncio.to_thread(trips.measure, hub)
    assert len(figures) == 7
    assert [figure.promise.path for figure in figures if not figure.met] == []
