"""Awa's cart, and the shops of the directory: bazin in Dakar, wax in Paris, one that left, one given by a subdomain."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.making.shops import add_shop

BAZIN = "https://maison-du-bazin.example/indigo"
WAX = "https://wax-de-paris.example/sunset"
GONE = "https://parti.example/sac"
NOWHERE = "https://inconnu.example/table"

Put = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def hub(app: FastAPI) -> Database:
    """The application's own database."""
    parts: Parts = app.state.parts
    return parts.database


@pytest.fixture(autouse=True)
async def shops(hub: Database) -> dict[str, str]:
    """The directory: ids by name."""
    async with hub.session() as session:
        found = {
            "bazin": await add_shop(session, "La Maison du Bazin", "maison-du-bazin.example"),
            "outlet": await add_shop(session, "Bazin Outlet", "outlet.maison-du-bazin.example", currency="EUR"),
            "wax": await add_shop(session, "Wax de Paris", "wax-de-paris.example", currency="EUR", country="FR"),
            "gone": await add_shop(session, "Partie ailleurs", "parti.example", active=False),
        }
    return {name: show_id("shp", shop_id) for name, shop_id in found.items()}


@pytest.fixture
async def cart(awa: httpx.AsyncClient) -> str:
    """The path of Awa's open cart."""
    answer = await awa.post("/v1/carts", json={})
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


@pytest.fixture
def put(awa: httpx.AsyncClient, cart: str) -> Put:
    """Awa adds a line to her cart."""

    async def putting(name: str = "Bazin indigo", **more: Any) -> dict[str, Any]:
        answer = await awa.post(f"{cart}/lines", json={"name": name, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    return putting


def codes(checked: dict[str, Any]) -> list[str]:
    """What is said of a line or a cart."""
    return [finding["code"] for finding in checked["findings"]]
