"""The world that lives are played in."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.serving import running_app, running_sandbox
from orderhub.bootstrap import build_application, worker_context
from orderhub.jobs.worker import Worker
from orderhub.settings import Settings
from tests.contract.truth import untrue_answers, untrue_events
from tests.lives.hub import Hub
from tests.lives.provider import Till
from tests.lives.world import Person, World

_KEY = "key-of-the-lives"


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[World]:
    """A whole OrderHub on loopback; whatever was lived in it is answered as the document says."""
    secret = settings.payments.webhook_secret.get_secret_value()
    config = SandboxConfig(api_key=_KEY, secret=secret, settle_seconds=0.01, retry_delays=(0.02,) * 5)
    async with running_sandbox(config) as provider_url:
        payments = settings.payments.model_copy(update={"url": provider_url, "api_key": SecretStr(_KEY)})
        app = build_application(settings.model_copy(update={"payments": payments}))
        async with running_app(app) as base_url:
            parts = app.state.parts
            found = World(parts, Worker(worker_context(parts)), base_url, provider_url, _KEY)
            async with httpx.AsyncClient(trust_env=False, timeout=30) as tester:
                hook = f"{base_url}/v1/hooks/payments/sandbox"
                headers = {"Authorization": f"Bearer {_KEY}"}
                told = await tester.put(f"{provider_url}/control/notify-url", json={"url": hook}, headers=headers)
                assert told.is_success
            yield found
            reader = await found.person("reader", "support")
            assert await untrue_events(parts.database) == []
            assert found.is_overgrown or await untrue_answers(parts.database, reader.client) == []
            for client in found.clients:
                await client.aclose()


@pytest.fixture
async def awa(world: World) -> Person:
    """Awa, who buys."""
    return await world.person("awa")


@pytest.fixture
async def till(world: World, awa: Person, bruno: Person) -> Till:
    """Where Awa pays Bruno, with the provider in hand."""
    return Till(world, awa, bruno)


@pytest.fixture
async def bruno(world: World) -> Person:
    """Bruno, who sells."""
    return await world.person("bruno")


@pytest.fixture
async def chloe(world: World) -> Person:
    """Chloé of support, who mediates."""
    return await world.person("chloe", "support")


@pytest.fixture
async def hub(world: World, awa: Person, chloe: Person) -> Hub:
    """The house: Farid is finance, Ada admin."""
    return Hub(world, awa, chloe, await world.person("farid", "finance"), await world.person("ada", "admin"))
