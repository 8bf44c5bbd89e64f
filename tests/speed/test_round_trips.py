"""Statements and round trips of the hot paths, counted on the wire once everything is prepared.

Whoever adds one sees this fail. BEGIN and COMMIT are statements, and trips, too.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from pydantic import SecretStr

from bench import actions, market, proformas
from bench.actions import CYCLES, Cycle
from bench.cluster import Hub
from bench.market import Write
from bench.searches import seed_listings
from bench.seeding import buyers_of, orders_of, services_of
from bench.wire import Wire, tapped
from orderhub.bootstrap import build_application
from orderhub.kit.ids import new_id
from orderhub.settings import DatabaseSettings, Settings

Request = Callable[[], Awaitable[httpx.Response]]
_WARM = 3


@pytest.fixture
async def wire(hub: Hub) -> AsyncIterator[Wire]:
    """What goes between the application and its database."""
    async with tapped(hub.url) as found:
        yield found


@pytest.fixture
async def tapped_client(wire: Wire, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application with one connection, all of whose traffic is counted."""
    database = DatabaseSettings(url=SecretStr(wire.url), pool=1)
    app = build_application(settings.model_copy(update={"database": database}))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.test") as client:
            yield client


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}


async def _count(wire: Wire, ask: Request) -> tuple[list[str], int]:
    for _ in range(_WARM):
        (await ask()).raise_for_status()
    with wire.counting() as traffic:
        (await ask()).raise_for_status()
    return [statement.split()[0] for statement in traffic.statements], traffic.trips


async def test_reading_an_order(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    order = orders_of(hub)[0]
    ask = lambda: tapped_client.get(f"/v1/orders/{order.shown}", headers=_headers(order.buyer))  # noqa: E731
    assert await _count(wire, ask) == (["SELECT"], 1)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?role=buyer",
        "?role=seller&stage=in_progress",
        "?late=true&limit=5",
        "?role=seller&sort=next_deadline&waits_for=me",
        "?kind=service&status=in_progress&status=delivered&q=logo&placed_from=2026-01-01T00:00:00Z",
    ],
)
async def test_listing_orders(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient, query: str) -> None:
    order = next(order for order in orders_of(hub) if order.status == "in_progress")
    token = order.seller if "seller" in query else order.buyer
    ask = lambda: tapped_client.get(f"/v1/orders{query}", headers=_headers(token))  # noqa: E731
    assert await _count(wire, ask) == (["SELECT"], 1)


@pytest.mark.parametrize("cycle", CYCLES, ids=lambda cycle: cycle.name)
async def test_a_transition(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient, cycle: Cycle) -> None:
    orders = iter(cycle.orders(hub))

    async def act() -> httpx.Response:
        order = next(orders)
        path = f"/v1/orders/{order.shown}/transitions"
        return await tapped_client.post(path, json=cycle.there.body, headers=_headers(cycle.there.token(order)))

    assert await _count(wire, act) == (["BEGIN;", "WITH", "WITH", "COMMIT;"], 4)


async def test_placing_an_order(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    body, token = actions.placing_body(services_of(hub)[0]), buyers_of(hub)[0].token
    ask = lambda: tapped_client.post("/v1/orders", json=body, headers=_headers(token))  # noqa: E731
    assert await _count(wire, ask) == (["BEGIN;", "WITH", "WITH", "COMMIT;"], 4)


async def test_adding_a_line_to_a_cart(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    cart = proformas.started_carts_of(hub)[0]
    path, headers = f"{cart.path}/lines", _headers(cart.token)
    keyed = lambda: tapped_client.post(path, json=proformas.new_line(), headers=_headers(cart.token))  # noqa: E731
    assert await _count(wire, keyed) == (["BEGIN;", "WITH", "WITH", "COMMIT;"], 4)
    del headers["Idempotency-Key"]
    plain = lambda: tapped_client.post(path, json=proformas.new_line(), headers=headers)  # noqa: E731
    assert await _count(wire, plain) == (["BEGIN;", "SELECT", "WITH", "COMMIT;"], 4)


async def test_reading_a_cart(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    cart = proformas.full_carts_of(hub)[0]
    ask = lambda: tapped_client.get(cart.path, headers=_headers(cart.token))  # noqa: E731
    assert await _count(wire, ask) == (["SELECT"], 1)


async def test_accepting_a_quote(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    quotes = iter(proformas.quotes_of(hub))

    async def accept() -> httpx.Response:
        quote = next(quotes)
        return await tapped_client.post(
            f"{quote.path}/transitions", json=proformas.ACCEPT, headers=_headers(quote.token)
        )

    assert await _count(wire, accept) == (["BEGIN;", "WITH", "WITH", "COMMIT;"], 4)


async def _count_write(hub: Hub, wire: Wire, client: httpx.AsyncClient, write: Write) -> tuple[list[str], int]:
    """Everybody's next one, of the first half."""
    await asyncio.to_thread(seed_listings, hub.url, 40)
    await asyncio.to_thread(market.open_market, hub.url)
    requests = iter(write.requests(hub))

    async def act() -> httpx.Response:
        request = next(requests)
        token, body = request.halves[0]
        return await client.post(request.path, json=body, headers=_headers(token))

    return await _count(wire, act)


async def test_buying_an_item(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    assert await _count_write(hub, wire, tapped_client, market.BUY) == (["BEGIN;", "WITH", "WITH", "COMMIT;"], 4)


async def test_making_an_offer(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    """Author, listing and buyer are locked one after the other, then offers are counted, then all is written."""
    statements = ["BEGIN;", "SELECT", "WITH", "SELECT", "SELECT", "WITH", "COMMIT;"]
    assert await _count_write(hub, wire, tapped_client, market.OFFER) == (statements, 7)


async def test_sending_a_message(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    statements, trips = await _count_write(hub, wire, tapped_client, market.MESSAGE)
    assert (len(statements), trips) == (14, 14)


async def test_the_count_sees_a_statement_more(hub: Hub, wire: Wire, tapped_client: httpx.AsyncClient) -> None:
    """A cold path of the same order, to know that the wire tells the difference."""
    order = orders_of(hub)[0]
    ask = lambda: tapped_client.get(f"/v1/orders/{order.shown}/escrow", headers=_headers(order.buyer))  # noqa: E731
    statements, trips = await _count(wire, ask)
    assert len(statements) > 1
    assert trips > 1
