"""Bruno and Nadia sell services; Awa looks at them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.service import ListingChanges, create_listing
from orderhub.domain.files.models import File, FileKind, FilePurpose
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Offer = Callable[..., Awaitable[Listing]]
Upload = Callable[..., Awaitable[UUID]]


def person(handle: str) -> Account:
    return Account(
        id=new_id(),
        email=f"{handle}@orderhub.test",
        handle=handle,
        display_name=handle.title(),
        password_hash=None,
        language="fr",
        time_zone="Europe/Paris",
        country="FR",
        roles=[],
        created_at=NOON,
    )


@pytest.fixture
def now() -> datetime:
    """Noon on Monday."""
    return NOON


@pytest.fixture
async def people(session: AsyncSession) -> dict[str, Account]:
    found = {handle: person(handle) for handle in ("awa", "bruno", "nadia")}
    session.add_all(found.values())
    await session.flush()
    return found


@pytest.fixture
async def awa(people: dict[str, Account]) -> UUID:
    return people["awa"].id


@pytest.fixture
async def bruno(people: dict[str, Account]) -> UUID:
    return people["bruno"].id


@pytest.fixture
async def nadia(people: dict[str, Account]) -> UUID:
    return people["nadia"].id


@pytest.fixture
def offer(session: AsyncSession, bruno: UUID) -> Offer:
    """Bruno's complete and active service, but for what is said otherwise."""

    async def create(*, seller_id: UUID = bruno, **parts: Any) -> Listing:
        changes = ListingChanges(
            title="Logo vectoriel",
            description="Trois pistes, puis les fichiers sources.",
            category="graphic_design",
            price=Money(12_000, "EUR"),
            days=5,
            state=ListingState.ACTIVE,
        )
        changes.update(parts)  # pyright: ignore[reportArgumentType, reportCallIssue]
        return await create_listing(session, seller_id=seller_id, changes=changes, now=NOON)

    return create


@pytest.fixture
def upload(session: AsyncSession, bruno: UUID) -> Upload:
    """The row of a photo of Bruno's, but for what is said otherwise."""

    async def create(*, owner_id: UUID = bruno, purpose: FilePurpose = FilePurpose.PHOTO) -> UUID:
        file = File(
            id=new_id(),
            owner_id=owner_id,
            purpose=purpose.value,
            kind=FileKind.IMAGE.value,
            media_type="image/png",
            name="logo.png",
            size=1200,
            sha256=bytes(32),
            width=40,
            height=30,
            object_key=f"2026-11-23/{new_id().hex}",
            created_at=NOON,
        )
        session.add(file)
        await session.flush()
        return file.id

    return create
