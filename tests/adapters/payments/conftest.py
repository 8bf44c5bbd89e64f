"""A provider and a merchant's inbox for each test, both real servers on loopback."""

from collections.abc import AsyncGenerator

import pytest

from tests.adapters.payments.support import Inbox, Sandbox, inbox_server, sandbox_server


@pytest.fixture
async def inbox() -> AsyncGenerator[Inbox]:
    """The merchant's notification address."""
    async with inbox_server() as running:
        yield running


@pytest.fixture
async def sandbox(inbox: Inbox) -> AsyncGenerator[Sandbox]:
    """The provider, notifying the inbox."""
    async with sandbox_server(inbox) as running:
        yield running
