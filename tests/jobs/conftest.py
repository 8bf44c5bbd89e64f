"""A worker's context on real parts, and a placed order for its timers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from orderhub.bootstrap import build_parts, opened, worker_context
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.orders import placing
from orderhub.domain.orders.asking import Asker, Key
from orderhub.domain.orders.placing import ServiceOrder
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.settings import Settings


@dataclass(frozen=True)
class Placed:
    """An order that waits for its payment, and its buyer."""

    order_id: UUID
    buyer: Asker


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
        awa, session_id = await _person(database, f"awa{number}")
        bruno, _ = await _person(database, f"bruno{number}")
        listing_id = await _listing(database, bruno)
        asker = Asker(awa, session_id, frozenset(), Key("POST /v1/orders", "first", b"-" * 32))
        placed: list[UUID] = []
        wanted = ServiceOrder(listing_id, (), [])
        await placing.place(database, asker, wanted, lambda loaded, _: placed.append(loaded.order.id) or b"{}")
        return Placed(placed[0], asker)

    return place


async def _person(database: Database, handle: str) -> tuple[UUID, UUID]:
    account_id, session_id, now = new_id(), new_id(), real_now()
    async with database.session() as session:
        session.add(
            Account(
                id=account_id,
                email=f"{handle}@example.fr",
                handle=handle,
                display_name=handle.title(),
                password_hash=None,
                language="fr",
                time_zone="Europe/Paris",
                country="FR",
                created_at=now,
                confirmed_at=now,
            )
        )
        await session.flush()
        session.add(
            SignInSession(
                id=session_id,
                account_id=account_id,
                created_at=now,
                last_used_at=now,
                expires_at=now + timedelta(days=30),
            )
        )
    return account_id, session_id


async def _listing(database: Database, seller_id: UUID) -> UUID:
    listing_id, now = new_id(), real_now()
    async with database.session() as session:
        session.add(
            Listing(
                id=listing_id,
                seller_id=seller_id,
                kind=ListingKind.SERVICE.value,
                state=ListingState.ACTIVE.value,
                title="Logo pour une boulangerie",
                description="Un logo vectoriel.",
                category="design",
                price=12_500,
                currency="EUR",
                days=5,
                revisions=2,
                questions=[],
                photo_ids=[],
                accepts_inquiries=True,
                version=1,
                created_at=now,
                updated_at=now,
            )
        )
    return listing_id
