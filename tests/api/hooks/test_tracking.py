"""The tracking hook: what a carrier signed, and nobody else."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.tracking.models import TrackingEvent
from orderhub.infra.development_secrets import with_development_secrets
from orderhub.settings import Mode, Settings, TrackingSettings
from tests.making.signatures import signed

CHRONOPOST = "whsec_Y2hyb25vcG9zdCBzZWNyZXQgb2YgdGhpcyB0ZXN0"
OURS = "whsec_Y29saXNzaW1vIGlzIGhlYXJkIHdpdGggdGhpcw=="
SAID = {
    "id": "scan-1",
    "tracking_number": "6A12345678901",
    "status": "delivered",
    "occurred_at": "2026-11-21T14:05:00Z",
}
Post = Callable[..., Any]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Two carriers have feeds."""
    carriers = {"colissimo": SecretStr(OURS), "chronopost": SecretStr(CHRONOPOST)}
    return settings.model_copy(update={"tracking": TrackingSettings(carriers=carriers)})


@pytest.fixture
def post(client: httpx.AsyncClient) -> Post:
    async def posting(said: Any, carrier: str = "colissimo", secret: str = OURS) -> httpx.Response:
        body = json.dumps(said).encode()
        headers = {"Content-Type": "application/json"} | signed(secret, body)
        return await client.post(f"/v1/hooks/tracking/{carrier}", content=body, headers=headers)

    return posting


async def test_what_nobody_knows_of_is_recorded(post: Post, app: FastAPI) -> None:
    answer = await post(SAID)
    assert (answer.status_code, answer.json()) == (200, {"outcome": "unknown"})
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        event = (await session.scalars(select(TrackingEvent))).one()
    assert (event.event_id, event.status, event.order_id) == ("scan-1", "delivered", None)


async def test_each_carrier_signs_with_its_own_secret(post: Post) -> None:
    assert (await post(SAID, "chronopost", CHRONOPOST)).status_code == 200
    for carrier, secret in (("chronopost", OURS), ("colissimo", CHRONOPOST)):
        answer = await post(SAID, carrier, secret)
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_signature")
    assert (await post(SAID, "dhl")).status_code == 404
    assert (await post(SAID, "x" * 41)).status_code == 404


async def test_unsigned_words_are_refused_before_they_are_read(client: httpx.AsyncClient) -> None:
    for body in (SAID, {**SAID, "status": "lost"}, {}):
        assert (await client.post("/v1/hooks/tracking/colissimo", json=body)).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"status": "lost"},
        {"occurred_at": "2026-11-21T14:05:00"},
        {"tracking_number": ""},
        {"tracking_number": "6A\u0000"},
        {"id": 17},
        {"order_id": "ord_1"},
    ],
)
async def test_what_is_signed_but_wrong_is_refused(post: Post, change: dict[str, Any]) -> None:
    assert (await post({**SAID, **change})).status_code == 422


def test_production_has_no_carrier_that_nobody_set() -> None:
    plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    assert set(with_development_secrets(plain).carriers) == {"colissimo"}
    assert with_development_secrets(plain.model_copy(update={"mode": Mode.PRODUCTION})).carriers == {}
