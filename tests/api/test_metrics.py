"""Who may read the figures: whoever has the token, or this machine where there is none."""

from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from orderhub.bootstrap import build_application
from orderhub.settings import Mode, Settings, TelemetrySettings

TOKEN = "figures-of-the-hub-and-nothing-else"


async def ask(app: FastAPI, address: str = "127.0.0.1", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.test", headers=headers) as client:
        return await client.get("/metrics")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_without_a_token_this_machine_reads_them(app: FastAPI, address: str) -> None:
    answer = await ask(app, address)
    assert answer.status_code == 200
    assert "orderhub_requests" in answer.text


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7", "10.0.0.1", "unknown"])
async def test_without_a_token_nobody_else_does(app: FastAPI, address: str) -> None:
    assert (await ask(app, address)).status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_a_proxy_beside_us_is_not_this_machine(app: FastAPI, name: str) -> None:
    assert (await ask(app, **{name: "127.0.0.1"})).status_code == 404


async def test_production_without_a_token_shows_them_to_nobody(app: FastAPI) -> None:
    parts = app.state.parts
    app.state.parts = replace(parts, settings=parts.settings.model_copy(update={"mode": Mode.PRODUCTION}))
    assert (await ask(app)).status_code == 404


async def test_with_a_token_it_alone_counts(settings: Settings) -> None:
    telemetry = TelemetrySettings(metrics_token=SecretStr(TOKEN))
    app = build_application(settings.model_copy(update={"telemetry": telemetry}))
    async with app.router.lifespan_context(app):
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
            assert (await ask(app, **headers)).status_code == 401
        assert (await ask(app, "192.0.2.7", Authorization=f"Bearer {TOKEN}")).status_code == 200
