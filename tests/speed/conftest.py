"""A database as the benchmark seeds it, on a small scale."""

import asyncio

import pytest

from bench.cluster import Hub
from bench.proformas import seed_carts, seed_quotes
from bench.seeding import seed_lives


@pytest.fixture
async def hub(database_url: str) -> Hub:
    """Forty open orders with their lives, forty carts to add to and eight to read, forty issued quotes."""
    await asyncio.to_thread(seed_lives, database_url, 40)
    await asyncio.to_thread(seed_carts, database_url, 40)
    await asyncio.to_thread(seed_quotes, database_url, 40)
    return Hub("test", database_url)
