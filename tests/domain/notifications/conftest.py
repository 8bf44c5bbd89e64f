"""Awa bought a logo from Bruno, who reads English. Nothing is committed."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events.models import Event
from orderhub.domain.notifications.rendering import Site
from orderhub.domain.orders.models import Order
from orderhub.domain.replies.addresses import ReplyAddresses
from orderhub.kit.ids import new_id, show_id
from tests.making.instants import NOON
from tests.making.orders import add_order, open_conversation
from tests.making.people import add_person

REPLIES = ReplyAddresses("in.orderhub.example", "secret-of-the-tests")

Happen = Callable[..., Awaitable[Event]]


@pytest.fixture
def site() -> Site:
    return Site(
        "OrderHub",
        "https://front.example/",
        "aide@orderhub.example",
        "equipe@orderhub.example",
        "orderhub.example",
        REPLIES,
    )


@pytest.fixture
def person(session: AsyncSession) -> Callable[..., Awaitable[UUID]]:
    """A new account with this handle."""

    async def add(handle: str, *, language: str = "fr", name: str | None = None, roles: tuple[str, ...] = ()) -> UUID:
        return await add_person(
            session, handle, language=language, display_name=name or handle.title(), roles=list(roles)
        )

    return add


@pytest.fixture
async def awa(person: Callable[..., Awaitable[UUID]]) -> UUID:
    return await person("awa", name="Awa <b>Diop</b>")


@pytest.fixture
async def bruno(person: Callable[..., Awaitable[UUID]]) -> UUID:
    return await person("bruno", language="en")


@pytest.fixture
async def order(session: AsyncSession, awa: UUID, bruno: UUID) -> Order:
    """An order of Awa's with its conversation."""
    found = await add_order(
        session,
        awa,
        bruno,
        title="Logo <script>alert(1)</script>",
        total=15_000,
        lines=[
            {"id": "lst_x", "title": "Logo", "price": 12_000, "days": 5},
            {"id": "opt_x", "title": "Express & plus", "price": 3_000, "days": -3},
        ],
    )
    await open_conversation(session, found)
    return found


@pytest.fixture
def happen(session: AsyncSession, order: Order) -> Happen:
    """Something that happened to the order, as the engine tells it."""

    async def add(
        action: str,
        *tells: str,
        topic: str = "order.transitioned",
        left: str | None = "in_progress",
        **more: Any,
    ) -> Event:
        data = {
            "order": _shown(order),
            "action": action,
            "from": left,
            "to": "delivered",
            "by": "seller",
            "tells": list(tells),
            "actor_id": None,
            **more,
        }
        return await written(session, topic, show_id("ord", order.id), data, (order.buyer_id, order.seller_id))

    return add


def _shown(order: Order) -> dict[str, Any]:
    return {
        "id": show_id("ord", order.id),
        "kind": "service",
        "status": "delivered",
        "stage": "delivered",
        "version": 4,
        "title": order.title,
        "due_at": "2026-11-28T09:30:00Z",
        "buyer": {"id": show_id("acc", order.buyer_id), "handle": "awa"},
        "seller": {"id": show_id("acc", order.seller_id), "handle": "bruno"},
        "conversation_id": show_id("cnv", order.conversation_id),
    }


async def written(
    session: AsyncSession,
    topic: str,
    subject: str,
    data: dict[str, Any],
    parties: tuple[UUID | None, UUID | None] = (None, None),
) -> Event:
    """An event in the log."""
    event = Event(
        id=new_id(),
        topic=topic,
        subject=subject,
        sequence=1,
        first_party=parties[0],
        second_party=parties[1],
        at=NOON,
        data=data,
    )
    session.add(event)
    await session.flush()
    return event


@pytest.fixture
def log(session: AsyncSession) -> Happen:
    """Any other event."""

    async def add(topic: str, subject: str, data: dict[str, Any] | None = None, *, first: UUID | None = None) -> Event:
        return await written(session, topic, subject, data or {}, (first, None))

    return add
