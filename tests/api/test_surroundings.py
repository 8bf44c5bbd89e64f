"""What surrounds every request: identity, figures, CORS, limits, early refusal under load."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy import text

from orderhub.api.dependencies import Parts, Public
from orderhub.api.middleware import LoopbackOnly
from orderhub.bootstrap import build_application
from orderhub.settings import LimitSettings, Settings
from tests.making.clients import client_of

Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]

router = APIRouter(prefix="/around", tags=["service"], dependencies=[Public])
released: list[asyncio.Event] = []
"""The event of the running test's loop."""


@router.get("/slow")
async def wait() -> None:
    """Answer when released."""
    await released[0].wait()


@router.get("/stream", response_class=EventSourceResponse)
async def stream() -> AsyncIterator[ServerSentEvent]:
    """Stream until released."""
    yield ServerSentEvent(data="begun")
    await released[0].wait()


@router.post("/words")
async def hear(body: dict[str, str]) -> dict[str, str]:
    """Repeat what was said."""
    return body


@router.get("/{name}")
async def read(name: str) -> str:
    """Answer at once."""
    return name


@pytest.fixture(autouse=True)
async def hold() -> None:
    released[:] = [asyncio.Event()]


def limited(**changes: int) -> LimitSettings:
    return LimitSettings.model_validate({"enabled": True, **changes})


async def test_a_sane_request_id_is_kept_and_any_other_replaced(shell: Shell) -> None:
    async with shell(router) as client:
        kept = await client.get("/v1/around/a", headers={"X-Request-Id": "web-42:7f.1_a"})
        assert kept.headers["X-Request-Id"] == "web-42:7f.1_a"
        for insane in ("", "a b", "x" * 65, "a\u00e9", "<script>"):
            answer = await client.get("/v1/around/a", headers=[(b"X-Request-Id", insane.encode())])
            assert answer.headers["X-Request-Id"] != insane
            assert len(answer.headers["X-Request-Id"]) == 32


async def test_every_answer_has_an_id_and_forbids_sniffing(shell: Shell) -> None:
    async with shell(router) as client:
        for path in ("/v1/around/a", "/nowhere", "/v1/nowhere", "/docs", "/health/live", "/v1/around/a?x=1"):
            answer = await client.get(path)
            assert answer.headers["X-Request-Id"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_access_log_has_ids_and_nothing_that_was_sent(
    shell: Shell, shell_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for log_json in (True, False):
        telemetry = shell_settings.telemetry.model_copy(update={"log_json": log_json})
        async with shell(router, telemetry=telemetry) as client:
            answer = await client.get(
                "/v1/around/awa@example.fr", headers={"User-Agent": "secret", "Authorization": "Bearer secret"}
            )
        line = capsys.readouterr().err
        assert line.count("\n") == 1
        for said in (answer.headers["X-Request-Id"], "GET", "/v1/around/{name}", "200"):
            assert said in line
        assert "awa" not in line
        assert "secret" not in line
        assert not log_json or json.loads(line)["milliseconds"] > 0


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/v1/ordres/ord_01?email=awa", "/v1/ordres/ord_01"),
        ("/v1/accounts/awa@example.fr/x", "/v1/accounts/…/x"),
        (f"/v1/{'a' * 40}/x", f"/v1/{'a' * 40}/x"),
        (f"/v1/{'a' * 41}/x", "/v1/…/x"),
        ("/v1/a%0aforged line", "/v1/…"),
        ("/v1" + "/a" * 300, "/v1" + "/a" * 98 + "/"),
    ],
)
async def test_what_was_asked_for_in_vain_is_logged_without_what_may_be_somebodys(
    shell: Shell, shell_settings: Settings, capsys: pytest.CaptureFixture[str], path: str, shown: str
) -> None:
    for log_json in (True, False):
        async with shell(telemetry=shell_settings.telemetry.model_copy(update={"log_json": log_json})) as client:
            assert (await client.get(path)).status_code == 404
        line = capsys.readouterr().err
        assert line.count("\n") == 1
        assert (json.loads(line)["path"] if log_json else line.split()[4]) == shown


async def test_what_is_found_is_logged_by_its_route_alone(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    async with shell(router) as client:
        await client.get("/v1/around/a?x=1")
    assert len(capsys.readouterr().err.split()) == 7


async def test_figures_count_by_route_and_status(shell: Shell) -> None:
    async with shell(router) as client:
        for path in ("/v1/around/a", "/v1/around/b", "/v1/around/c?x=1", "/v1/nowhere"):
            await client.get(path)
        figures = (await client.get("/metrics")).text
    assert 'orderhub_requests_total{method="GET",route="/v1/around/{name}",status="200"} 2.0' in figures
    assert 'orderhub_requests_total{method="GET",route="/v1/around/{name}",status="422"} 1.0' in figures
    assert 'orderhub_requests_total{method="GET",route="-",status="404"} 1.0' in figures
    assert 'orderhub_request_duration_seconds_count{method="GET",route="/v1/around/{name}"} 3.0' in figures


async def test_a_front_end_of_the_settings_may_call_and_read_our_headers(shell: Shell) -> None:
    front = {"Origin": "http://localhost:5173"}
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "idempotency-key,if-match"}
    async with shell(router) as client:
        answer = await client.get("/v1/around/a", headers=front)
        assert answer.headers["Access-Control-Allow-Origin"] == front["Origin"]
        exposed = answer.headers["Access-Control-Expose-Headers"]
        for name in ("ETag", "RateLimit", "RateLimit-Policy", "X-Request-Id", "Idempotency-Replayed", "Retry-After"):
            assert name in exposed.split(", ")
        preflight = await client.options("/v1/around/a", headers=front | asks)
        assert preflight.status_code == 200
        assert preflight.headers["X-Request-Id"]
        refused = await client.get("/v1/nowhere", headers=front)
        assert refused.headers["Access-Control-Allow-Origin"] == front["Origin"]


async def test_another_origin_is_not_allowed(shell: Shell) -> None:
    async with shell(router) as client:
        answer = await client.get("/v1/around/a", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_more_requests_than_are_worked_on_are_refused_early(shell: Shell) -> None:
    async with shell(router, limits=LimitSettings(enabled=False, concurrent=2)) as client:
        working = [asyncio.create_task(client.get("/v1/around/slow")) for _ in range(2)]
        await asyncio.sleep(0.05)
        refused = await client.get("/v1/around/a")
        assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
        assert refused.headers["Retry-After"] == "1"
        assert (await client.get("/health/live")).status_code == 200
        released[0].set()
        assert [answer.status_code for answer in await asyncio.gather(*working)] == [200, 200]
        assert (await client.get("/v1/around/a")).status_code == 200


async def test_who_sends_slowly_takes_no_place(shell: Shell) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"words": '
        await released[0].wait()
        yield b'"Bonjour"}'

    async with shell(router, limits=LimitSettings(enabled=False, concurrent=1)) as client:
        headers = {"Content-Type": "application/json"}
        sending = asyncio.create_task(client.post("/v1/around/words", content=slowly(), headers=headers))
        await asyncio.sleep(0.05)
        assert (await client.get("/v1/around/a")).status_code == 200
        released[0].set()
        assert (await sending).json() == {"words": "Bonjour"}


async def test_a_stream_that_has_begun_takes_no_place(shell: Shell) -> None:
    async with shell(router, limits=LimitSettings(enabled=False, concurrent=1)) as client:
        streaming = asyncio.create_task(client.get("/v1/around/stream"))
        await asyncio.sleep(0.05)
        assert (await client.get("/v1/around/a")).status_code == 200
        released[0].set()
        assert "begun" in (await streaming).text


async def test_an_address_has_its_limit_and_is_told_where_it_stands(shell: Shell) -> None:
    async with shell(router, limits=limited(per_address=2)) as client:
        first = await client.get("/v1/around/a")
        assert first.headers["RateLimit-Policy"] == '"address";q=2;w=60'
        assert first.headers["RateLimit"].startswith('"address";r=1;t=')
        assert (await client.get("/v1/around/a")).headers["RateLimit"].startswith('"address";r=0;t=')
        refused = await client.get("/v1/around/a")
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["RateLimit"].startswith('"address";r=0;t=')
        assert (await client.get("/health/live")).status_code == 200


async def test_an_ipv6_network_is_one_address(shell_settings: Settings) -> None:
    """Whoever has one address of a /64 has them all; IPv4 in IPv6 is IPv4."""

    async def statuses(*addresses: str) -> list[int]:
        application = build_application(
            shell_settings.model_copy(update={"limits": limited(per_address=2)}), more=(router,)
        )
        found: list[int] = []
        for address in addresses:
            async with client_of(application, address=address) as client:
                found.append((await client.get("/v1/around/a")).status_code)
        return found

    assert await statuses(*(f"2001:db8:0:1::{n}" for n in range(3)), "2001:db8:0:2::1") == [200, 200, 429, 200]
    assert await statuses("192.0.2.7", "::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8") == [200, 200, 429, 200]


async def test_signing_in_has_a_limit_of_its_own(shell: Shell) -> None:
    async with shell(limits=limited(sign_in=1, per_address=100)) as client:
        form = {"username": "awa@example.fr", "password": "wrong"}
        first = await client.post("/v1/auth/token", data=form)
        assert first.status_code == 503
        assert first.headers["RateLimit-Policy"] == '"sign-in";q=1;w=60'
        assert (await client.post("/v1/auth/token", data=form)).status_code == 429


async def test_a_token_that_nobody_signed_counts_for_the_address(shell: Shell) -> None:
    async with shell(router, limits=limited(per_address=2)) as client:
        statuses = [
            (await client.get("/v1/around/a", headers={"Authorization": f"Bearer {n}"})).status_code for n in range(3)
        ]
        assert statuses == [200, 200, 429]


@pytest.fixture
def more_routers() -> Sequence[APIRouter]:
    return (router,)


class TestAccounts:
    """With accounts, whose limits do not depend on the address."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": limited(per_account=2, per_address=1)})

    async def test_each_account_has_its_own_limit(self, awa: httpx.AsyncClient, bruno: httpx.AsyncClient) -> None:
        for person in (awa, bruno):
            statuses = [(await person.get("/v1/around/a")).status_code for _ in range(3)]
            assert statuses == [200, 200, 429]


class TestPool:
    """With a pool of one connection."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"database": settings.database.model_copy(update={"pool": 1, "wait": 0.1})})

    async def test_an_exhausted_pool_is_a_503(self, app: FastAPI, awa: httpx.AsyncClient) -> None:
        parts: Parts = app.state.parts
        async with parts.database.session() as holder:
            await holder.execute(text("SELECT 1"))
            answer = await awa.get("/v1/events")
            assert (answer.status_code, answer.json()["code"]) == (503, "overloaded")
            assert answer.headers["Retry-After"] == "1"
            assert (await awa.get("/health/live")).status_code == 200
        assert (await awa.get("/v1/events")).status_code == 200


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("http://[::1]:8000", 200),
        ("http://192.0.2.1:8000", 403),
        ("http://orderhub.test", 403),
    ],
)
async def test_development_behind_anothers_server_answers_its_own_machine(
    shell_settings: Settings, url: str, status: int
) -> None:
    """What connections come in on, since whoever started the server chose where it listens."""
    application = build_application(shell_settings, more=(router,))
    application.add_middleware(LoopbackOnly)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=url) as client:
        answer = await client.get("/v1/around/a")
    assert answer.status_code == status
    if status == 403:
        assert "ORDERHUB_MODE=production" in answer.json()["detail"]
