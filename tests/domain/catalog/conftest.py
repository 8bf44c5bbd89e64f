"""Bruno and Nadia sell services; Awa looks at them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File, FileKind, FilePurpose
from orderhub.kit.ids import new_id
from tests.making.instants import NOON
from tests.making.listings import offer_service
from tests.making.people import new_person

Offer = Callable[..., Awaitable[Listing]]
Upload = Callable[..., Awaitable[UUID]]


@pytest.fixture
def now() -> datetime:
    """Noon on Monday."""
    return NOON


@pytest.fixture
async def people(session: AsyncSession) -> dict[str, Account]:
    found = {handle: new_person(handle) for handle in ("awa", "bruno", "nadia")}
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
        return await offer_service(session, seller_id, **parts)

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
