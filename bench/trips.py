"""Round trips of the hot paths, counted on the wire: BEGIN and COMMIT included."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx
from pydantic import SecretStr

from bench import actions, proformas
from bench.actions import CYCLES
from bench.cluster import Hub
from bench.figures import MOST, Figure, Promise
from bench.seeding import AUTH_SECRET, buyers_of, services_of
from bench.wire import Wire, tapped
from orderhub.bootstrap import build_application
from orderhub.infra.telemetry import configure_logs
from orderhub.kit.ids import new_id
from orderhub.settings import AuthSettings, DatabaseSettings, Settings, TelemetrySettings

WRITE: Final = Promise("round trips: a transition", "BEGIN and COMMIT included", MOST, 5, 4, "trips")
PLACE: Final = Promise("round trips: placing", "likewise", MOST, 5, 4, "trips")
READ: Final = Promise("round trips: an order", "likewise", MOST, 2, 1, "trips")
PAGE: Final = Promise("round trips: a page", "likewise", MOST, 2, 1, "trips")
ADD: Final = Promise("round trips: a line more in a cart", "likewise", MOST, 5, 4, "trips")
ACCEPT: Final = Promise("round trips: accepting a quote", "likewise", MOST, 5, 4, "trips")
CART: Final = Promise("round trips: a cart", "likewise", MOST, 2, 1, "trips")
_WARM: Final = 3

Request = Callable[[], Awaitable[httpx.Response]]


def measure(hub: Hub) -> list[Figure]:
    """Each path once its statements are prepared; the same application, one connection."""
    return asyncio.run(_measure(hub))


async def _measure(hub: Hub) -> list[Figure]:
    async with tapped(hub.url) as wire:
        settings = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
        database = DatabaseSettings(url=SecretStr(wire.url), pool=1)
        quiet = TelemetrySettings(log_level="error")
        configure_logs(quiet)
        signed = AuthSettings(secret=SecretStr(AUTH_SECRET))
        parts = {"database": database, "telemetry": quiet, "auth": signed}
        app = build_application(settings.model_copy(update=parts))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.bench") as client:
                requests = _of_orders(hub, client) | _of_proformas(hub, client)
                return [await _count(wire, promise, ask) for promise, ask in requests.items()]


def _of_orders(hub: Hub, client: httpx.AsyncClient) -> dict[Promise, Request]:
    cycle = CYCLES[0]
    orders = iter([order for order in cycle.orders(hub) if cycle.comes_first(order) is cycle.there])
    order, buyer, service = next(orders), buyers_of(hub)[0], services_of(hub)[0]

    async def transition() -> httpx.Response:
        chosen = next(orders)
        path = f"/v1/orders/{chosen.shown}/transitions"
        return await client.post(path, json=cycle.there.body, headers=_headers(cycle.there.token(chosen)))

    return {
        WRITE: transition,
        PLACE: lambda: client.post("/v1/orders", json=actions.placing_body(service), headers=_headers(buyer.token)),
        READ: lambda: client.get(f"/v1/orders/{order.shown}", headers=_headers(order.buyer)),
        PAGE: lambda: client.get("/v1/orders", headers=_headers(buyer.token)),
    }


def _of_proformas(hub: Hub, client: httpx.AsyncClient) -> dict[Promise, Request]:
    cart, full = proformas.started_carts_of(hub)[0], proformas.full_carts_of(hub)[0]
    quotes = iter(proformas.quotes_of(hub))

    async def accept() -> httpx.Response:
        quote = next(quotes)
        return await client.post(f"{quote.path}/transitions", json=proformas.ACCEPT, headers=_headers(quote.token))

    return {
        ADD: lambda: client.post(f"{cart.path}/lines", json=proformas.new_line(), headers=_headers(cart.token)),
        ACCEPT: accept,
        CART: lambda: client.get(full.path, headers=_headers(full.token)),
    }


def _headers(token: str) -> dict[str, Any]:
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}


async def _count(wire: Wire, promise: Promise, ask: Request) -> Figure:
    for _ in range(_WARM):
        (await ask()).raise_for_status()
    with wire.counting() as traffic:
        (await ask()).raise_for_status()
    return Figure(promise, (traffic.trips,), f"{len(traffic.statements)} statements")
