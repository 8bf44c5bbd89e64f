"""A database as the benchmark seeds it, on a small scale, and an application that takes the benchmark's tokens."""

import asyncio

import pytest
from pydantic import SecretStr

from bench.cluster import Hub
from bench.proformas import seed_carts, seed_quotes
from bench.seeding import AUTH_SECRET, seed_lives
from orderhub.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Tokens are signed as the benchmark signs them."""
    signed = settings.auth.model_copy(update={"secret": SecretStr(AUTH_SECRET)})
    return settings.model_copy(update={"auth": signed})


@pytest.fixture
async def hub(database_url: str) -> Hub:
    """Forty open orders with their lives, forty carts to add to and eight to read, forty issued quotes."""
    await asyncio.to_thread(seed_lives, database_url, 40)
    await asyncio.to_thread(seed_carts, database_url, 40)
    await asyncio.to_thread(seed_quotes, database_url, 40)
    return Hub("test", database_url)
