"""Awa buys from Bruno, Chloé is of support, Driss is a stranger. Nothing is committed."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.models import Conversation, ConversationMember, Message
from orderhub.domain.messages.service import send
from orderhub.domain.orders.models import Order
from orderhub.kit.ids import new_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUPPORT = frozenset({"support"})

Hire = Callable[[str], Awaitable[UUID]]
Offer = Callable[..., Awaitable[Listing]]
Place = Callable[..., Awaitable[Order]]
Write = Callable[..., Awaitable[Message]]


@pytest.fixture
def person(session: AsyncSession) -> Hire:
    """A new account with this handle."""

    async def add(handle: str) -> UUID:
        account = Account(
            id=new_id(),
            email=f"{handle}@orderhub.test",
            handle=handle,
            display_name=handle.title(),
            password_hash=None,
            language="fr",
            time_zone="Europe/Paris",
            country="FR",
            created_at=NOON,
        )
        session.add(account)
        await session.flush()
        return account.id

    return add


@pytest.fixture
async def awa(person: Hire) -> UUID:
    return await person("awa")


@pytest.fixture
async def bruno(person: Hire) -> UUID:
    return await person("bruno")


@pytest.fixture
async def chloe(person: Hire) -> UUID:
    return await person("chloe")


@pytest.fixture
async def driss(person: Hire) -> UUID:
    return await person("driss")


@pytest.fixture
def offer(session: AsyncSession, bruno: UUID) -> Offer:
    """A new service of Bruno's; it takes inquiries unless told otherwise."""

    async def add(*, state: str = "active", kind: str = "service", accepts_inquiries: bool = True) -> Listing:
        listing = Listing(
            id=new_id(),
            seller_id=bruno,
            kind=kind,
            state=state,
            title="Logo pour commerce",
            description="Un logo dessiné à la main.",
            category="logo",
            price=12_000,
            currency="EUR",
            days=5,
            revisions=2,
            questions=[],
            photo_ids=[],
            accepts_inquiries=accepts_inquiries,
            version=1,
            created_at=NOON,
            updated_at=NOON,
        )
        session.add(listing)
        await session.flush()
        return listing

    return add


@pytest.fixture
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """A new order of Awa's with its conversation, as the engine leaves them, led through statuses."""

    async def add(
        *statuses: str, buyer: UUID = awa, seller: UUID = bruno, paid: bool = False, final_at: datetime | None = None
    ) -> Order:
        order = _order(buyer, seller)
        session.add(order)
        await session.flush()
        for status in statuses:
            ended = final_at if status in ("completed", "cancelled") else None
            values = {"status": status, "version": Order.version + 1, "final_at": ended}
            await session.execute(update(Order).where(Order.id == order.id).values(values))
        await session.execute(update(Order).where(Order.id == order.id).values(paid_at=NOON if paid else None))
        session.add(
            Conversation(id=order.conversation_id, order_id=order.id, buyer_id=buyer, seller_id=seller, created_at=NOON)
        )
        await session.flush()
        session.add_all(
            ConversationMember(conversation_id=order.conversation_id, account_id=party) for party in (buyer, seller)
        )
        await session.flush()
        await session.refresh(order)
        return order

    return add


def _order(buyer: UUID, seller: UUID) -> Order:
    return Order(
        id=new_id(),
        kind="service",
        status="awaiting_payment",
        version=1,
        buyer_id=buyer,
        seller_id=seller,
        conversation_id=new_id(),
        title="Logo pour une boulangerie",
        category="logo",
        currency="EUR",
        total=12_000,
        lines=[{"id": "lst_x", "title": "Logo", "price": 12_000, "days": 5}],
        commission_basis_points=1000,
        terms={"conversation_after": "P7D"},
        instructions_missing=False,
        days=5,
        placed_at=NOON,
        status_since=NOON,
        clock_anchor=NOON,
    )


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
