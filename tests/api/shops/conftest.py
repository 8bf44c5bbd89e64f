"""Chloé of the support keeps the directory; Salif runs the shop that she takes in."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Join

BAZIN: dict[str, Any] = {
    "name": "La Maison du Bazin",
    "description": "Bazin riche et wax au mètre.",
    "country": "SN",
    "currency": "XOF",
    "sites": ["https://www.bazin.example/boutique"],
    "categories": ["fabrics_haberdashery"],
}


@pytest.fixture
async def chloe(join: Join) -> httpx.AsyncClient:
    return await join("chloe", "support")


@pytest.fixture
async def salif(join: Join) -> httpx.AsyncClient:
    return await join("salif")


@pytest.fixture
async def shop(chloe: httpx.AsyncClient, salif: httpx.AsyncClient) -> dict[str, Any]:
    """Salif's shop."""
    answer = await chloe.post("/v1/shops", json=BAZIN)
    assert answer.status_code == 201, answer.text
    me = (await salif.get("/v1/me")).json()["id"]
    added = await chloe.post(f"/v1/shops/{answer.json()['id']}/members", json={"account_id": me, "role": "owner"})
    assert added.status_code == 201, added.text
    return answer.json()
