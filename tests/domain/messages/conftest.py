"""Awa buys from Bruno, Chloé is of support, Driss is a stranger. Nothing is committed."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.models import Message
from orderhub.domain.messages.service import send
from orderhub.domain.orders.models import Order
from orderhub.kit.ids import new_id
from tests.making.instants import NOON
from tests.making.listings import add_service
from tests.making.orders import add_order, lead, open_conversation

SUPPORT = frozenset({"support"})

Offer = Callable[..., Awaitable[Listing]]
Place = Callable[..., Awaitable[Order]]
Write = Callable[..., Awaitable[Message]]


@pytest.fixture
def offer(session: AsyncSession, bruno: UUID) -> Offer:
    """A new service of Bruno's; it takes inquiries unless told otherwise."""

    async def add(*, state: str = "active", accepts_inquiries: bool = True) -> Listing:
        return await add_service(
            session,
            bruno,
            state=state,
            accepts_inquiries=accepts_inquiries,
            title="Logo pour commerce",
        )

    return add


@pytest.fixture
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """A new order of Awa's with its conversation, as the engine leaves them, led through statuses."""

    async def add(
        *statuses: str, buyer: UUID = awa, seller: UUID = bruno, paid: bool = False, final_at: datetime = NOON
    ) -> Order:
        order = await add_order(session, buyer, seller, paid_at=NOON if paid else None)
        await lead(session, order, *statuses, final_at=final_at)
        await open_conversation(session, order)
        await session.refresh(order)
        return order

    return add


@pytest.fixture
def write(session: AsyncSession) -> Write:
    """Somebody writes in a conversation."""

    async def add(
        conversation_id: UUID,
        author: UUID,
        text: str = "Bonjour",
        *,
        files: Sequence[UUID] = (),
        now: datetime = NOON,
        roles: frozenset[str] = frozenset(),
    ) -> Message:
        place = await standing(session, conversation_id, account_id=author, roles=roles)
        return await send(session, place, author_id=author, text=text, file_ids=files, now=now)

    return add


@pytest.fixture
def upload(session: AsyncSession) -> Callable[[UUID], Awaitable[UUID]]:
    """A file that somebody uploaded."""

    async def add(owner: UUID) -> UUID:
        file = File(
            id=new_id(),
            owner_id=owner,
            purpose="attachment",
            kind="document",
            media_type="application/pdf",
            name="brief.pdf",
            size=10,
            sha256=b"\0" * 32,
            object_key=new_id().hex,
            created_at=NOON,
        )
        session.add(file)
        await session.flush()
        return file.id

    return add
