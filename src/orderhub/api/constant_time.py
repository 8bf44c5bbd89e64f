"""Answers that always take as long: what a stranger could measure tells nothing about who has an account."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

SECONDS: Final = 0.25
"""Several times what the work behind such an answer takes."""


@asynccontextmanager
async def constant_time_answer(seconds: float = SECONDS) -> AsyncGenerator[None]:
    """Hold the answer until ``seconds`` have passed.

    Enter it before the unit of work, so that the commit is within and no connection is held while waiting.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, until - loop.time()))
