"""The bare handler answers what the product answers, byte for byte, ids apart: else the ratio means nothing."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bench.cluster import Hub
from bench.proformas import full_carts_of
from bench.seeding import Seeded, buyers_of, orders_of

_PUBLIC = re.compile(rb'"(?:ord|acc|cnv|lst|fil|crt|lin|shp)_[0-9a-z]{26}"')
_PLAIN = re.compile(rb'"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:lst|opt)_[0-9a-z]{26})"')
_CURSOR = re.compile(rb'"next_cursor":("[^"]+"|null)')


@pytest.fixture
async def bare(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the bare handler on the same rows."""
    monkeypatch.setenv("BENCH_DSN", hub.dsn)
    from bench.bare import app

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bare.test") as client:
            yield client


def _without_ids(body: bytes) -> bytes:
    return _CURSOR.sub(b'"next_cursor":null', _PUBLIC.sub(b'"id"', _PLAIN.sub(b'"id"', body)))


def _signed_in(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _one_of(orders: list[Seeded], status: str) -> Seeded:
    return next(order for order in orders if order.status == status)


@pytest.mark.parametrize("status", ["in_progress", "delivered"])
async def test_an_order(hub: Hub, client: httpx.AsyncClient, bare: httpx.AsyncClient, status: str) -> None:
    order = _one_of(orders_of(hub), status)
    ours = await client.get(f"/v1/orders/{order.shown}", headers=_signed_in(order.buyer))
    other = await bare.get(f"/orders/{order.id}")
    assert (ours.status_code, other.status_code) == (200, 200)
    assert _without_ids(ours.content) == _without_ids(other.content)


async def test_a_page_of_orders(hub: Hub, client: httpx.AsyncClient, bare: httpx.AsyncClient) -> None:
    hub.ask("UPDATE orders SET buyer_id = (SELECT id FROM accounts WHERE handle = 'awa1'), version = version")
    hub.ask("UPDATE conversation_members SET account_id = (SELECT id FROM accounts WHERE handle = 'awa1') "
            "WHERE account_id IN (SELECT id FROM accounts WHERE handle LIKE 'awa%')")  # fmt: skip
    owner = hub.ask("SELECT id FROM accounts WHERE handle = 'awa1'")[0][0]
    awa = next(buyer for buyer in buyers_of(hub) if str(buyer.id) == owner)
    ours = await client.get("/v1/orders", headers=_signed_in(awa.token))
    other = await bare.get("/orders", params={"account": owner})
    assert (ours.status_code, other.status_code) == (200, 200)
    page: Any = ours.json()
    assert len(page["data"]) == 20
    assert page["next_cursor"]
    assert _without_ids(ours.content) == _without_ids(other.content)


async def test_a_cart(hub: Hub, client: httpx.AsyncClient, bare: httpx.AsyncClient) -> None:
    cart = full_carts_of(hub)[0]
    ours = await client.get(cart.path, headers=_signed_in(cart.token))
    other = await bare.get(f"/carts/{cart.id}")
    assert (ours.status_code, other.status_code) == (200, 200)
    assert len(ours.json()["lines"]) == 20
    assert _without_ids(ours.content) == _without_ids(other.content)
