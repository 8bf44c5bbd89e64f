"""A worker's context on real parts, and a placed order for its timers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from orderhub.bootstrap import build_parts, opened, worker_context
from orderhub.domain.orders import placing
from orderhub.domain.orders.kinds.service import SERVICE_ORDERS
from orderhub.domain.orders.kinds.service.placing import ServiceOrder
from orderhub.domain.replies.reading import MailReader
from orderhub.domain.requests.caller import Caller, Key
from orderhub.infra.database import Database
from orderhub.infra.isolation.pool import Isolation
from orderhub.jobs.context import WorkerContext
from orderhub.kit.clock import real_now
from orderhub.settings import Settings
from tests.jobs.inbox import Inbox, issue
from tests.making import quotes
from tests.making.listings import add_service
from tests.making.people import add_person, sign_up


@dataclass(frozen=True)
class Placed:
    """An order that waits for its payment, and its buyer."""

    order_id: UUID
    buyer: Caller


PlaceOrder = Callable[[], Awaitable[Placed]]


@pytest.fixture
async def context(settings: Settings) -> AsyncIterator[WorkerContext]:
    """What a worker has, on this test's own database."""
    async with opened(build_parts(settings)) as parts:
        yield worker_context(parts)


@pytest.fixture
def place_order(database: Database) -> PlaceOrder:
    """Lets Awa buy a logo of Bruno's, unpaid; each order has an Awa and a Bruno of its own."""
    numbers = iter(range(1000))

    async def place() -> Placed:
        number = next(numbers)
        awa = await sign_up(database, f"awa{number}")
        bruno = await sign_up(database, f"bruno{number}")
        async with database.session() as session:
            listing_id = (await add_service(session, bruno.account_id, price=12_500)).id
        caller = Caller(awa.account_id, awa.session_id, awa.roles, Key("POST /v1/orders", "first", b"-" * 32))
        placed: list[UUID] = []
        wanted = ServiceOrder(listing_id, (), [])
        await placing.place(
            database, caller, SERVICE_ORDERS, wanted, lambda loaded, _: placed.append(loaded.order.id) or b"{}"
        )
        return Placed(placed[0], caller)

    return place


@pytest.fixture
async def inbox(context: WorkerContext) -> AsyncIterator[Inbox]:
    """Chloé has issued Awa's proforma."""
    async with context.database.session() as session:
        awa = await add_person(session, "awa", now=real_now())
        chloe = await add_person(session, "chloe", now=real_now())
        quote = await quotes.add_quote(session, awa, now=real_now())
    await issue(context.database, quote.id, chloe)
    async with Isolation() as isolation:
        yield Inbox(context, MailReader(isolation), quote.id, awa)
