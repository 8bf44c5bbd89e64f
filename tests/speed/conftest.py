"""A database as the benchmark seeds it, on a small scale."""

import asyncio

import pytest

from bench.cluster import Hub
from bench.seeding import seed_lives


@pytest.fixture
async def hub(database_url: str) -> Hub:
    """Forty open orders with their lives."""
    await asyncio.to_thread(seed_lives, database_url, 40)
    return Hub("test", database_url)
