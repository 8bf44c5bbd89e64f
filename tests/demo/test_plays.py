"""`orderhub demo` against a served hub with its sample data: every ending, and what makes one fail."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from pydantic import SecretStr

from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.serving import running_app, running_sandbox
from orderhub.bootstrap import build_application, worker_context
from orderhub.demo import KINDS, Secrets, run
from orderhub.demo.outside import CARRIER
from orderhub.demo.stage import DemoError, Stage
from orderhub.jobs.worker import Worker
from orderhub.seed import seed
from orderhub.settings import Settings
from tests.conftest import Cluster, in_own_loop
from tests.lives.world import World
from tests.security.town import settings_for, world_knows

pytestmark = pytest.mark.asyncio(loop_scope="module")

_KEY = "key-of-the-demo"
_QUICK = ("transfer", "delivery", "approve", "buy-now", "favourites")


@dataclass(frozen=True)
class Served:
    """A hub at work, and what the world outside shares with it."""

    base_url: str
    secrets: Secrets

    async def play(self, ending: str | None, kind: str, secrets: Secrets | None = None) -> int:
        """The exit status of one ending."""
        return await asyncio.to_thread(run, self.base_url, ending, kind, secrets or self.secrets)


@asynccontextmanager
async def serving(settings: Settings) -> AsyncGenerator[Served]:
    """API, worker and sandbox provider on loopback, with the sample data."""
    secret = settings.payments.webhook_secret.get_secret_value()
    config = SandboxConfig(api_key=_KEY, secret=secret, settle_seconds=0.01, retry_delays=(0.02,) * 5)
    async with running_sandbox(config) as provider:
        payments = settings.payments.model_copy(update={"url": provider, "api_key": SecretStr(_KEY)})
        app = build_application(settings.model_copy(update={"payments": payments}))
        async with running_app(app) as base_url:
            parts, stop = app.state.parts, asyncio.Event()
            worker = Worker(worker_context(parts))
            await world_knows(World(parts, worker, base_url, provider, _KEY))
            await seed(parts.database, settings)
            working = asyncio.create_task(worker.run(stop))
            carrier = settings.carriers[CARRIER].get_secret_value()
            yield Served(base_url, Secrets(settings.mail.inbound_secret.get_secret_value(), carrier))
            stop.set()
            await working


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Served]:
    """One hub for all endings: each has its own people."""
    name = await asyncio.to_thread(in_own_loop, cluster.clone)
    async with serving(settings_for(cluster.url(name), tmp_path_factory.mktemp("demo"))) as found:
        yield found
    await asyncio.to_thread(in_own_loop, lambda: cluster.drop(name))


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        pytest.param(kind, ending, marks=[] if ending in _QUICK else [pytest.mark.slow])
        for kind in KINDS
        for ending in KINDS[kind].endings
    ],
)
async def test_an_ending_is_as_the_tables_say(
    served: Served, capsys: pytest.CaptureFixture[str], kind: str, ending: str
) -> None:
    status = await served.play(ending, kind)
    said = capsys.readouterr().out
    assert (status, "FAILED" in said) == (0, False), said
    assert said.splitlines()[-1] == f"The ending '{ending}' of an order of kind '{kind}' is as the tables say."
    stays = next(line for line in said.splitlines() if line.startswith("Stays on the server: "))
    assert stays.count("@example.com") == 2 if kind == "service" else stays.count("@example.com") >= 1
    assert ("The sandbox clock went on by " in said) == ("/v1/sandbox/clock/advance" in said)


async def test_a_mail_that_is_not_believed_fails_the_play(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    forged = Secrets("whsec_Zm9yZ2VkLWJ5LXNvbWVib2R5LWVsc2U=", None)
    assert await served.play(None, "sourced", forged) == 1
    assert "FAILED: POST /v1/hooks/mail answered 401" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("secret", "complaint"),
    [
        ("whsec_Zm9yZ2VkLWJ5LXNvbWVib2R5LWVsc2U=", "POST /v1/hooks/tracking/colissimo answered 401"),
        (None, "No secret of colissimo's feed is set here"),
    ],
)
async def test_a_carrier_who_is_not_believed_fails_the_play(
    served: Served, capsys: pytest.CaptureFixture[str], secret: str | None, complaint: str
) -> None:
    assert await served.play("buy-now", "item", Secrets(served.secrets.mail, secret)) == 1
    assert f"FAILED: {complaint}" in capsys.readouterr().out


async def test_what_is_not_refused_as_it_must_be_fails_a_play(served: Served) -> None:
    with Stage(served.base_url) as stage:
        await asyncio.to_thread(stage.refused, None, "GET", "/v1/me", 401)
        for path in ("/v1/terms", "/v1/me"):
            with pytest.raises(DemoError, match="not 409"):
                await asyncio.to_thread(stage.refused, None, "GET", path, 409)


async def test_what_can_not_be_played_is_named(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    assert (await served.play("approve", "sourced"), await served.play(None, "barter")) == (1, 1)
    said = capsys.readouterr().out
    assert "Choose: transfer, card, change, cancelled, disputed, delivery." in said
    assert "There is no kind 'barter' to play. Choose: service, sourced, item." in said
