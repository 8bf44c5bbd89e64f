"""Chloé of the support keeps the directory, Salif runs a shop, Inès helps him, Driss is a stranger."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.models import File, FileKind, FilePurpose
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.models import Shop, ShopRole
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from tests.making.instants import NOON
from tests.making.people import add_person
from tests.making.shops import join_shop, open_shop, support

Open = Callable[..., Awaitable[Shop]]
Upload = Callable[..., Awaitable[UUID]]


@pytest.fixture
def now() -> datetime:
    """Noon on Monday."""
    return NOON


@pytest.fixture
def person(session: AsyncSession) -> Callable[[str], Awaitable[UUID]]:
    """A new account with this handle, confirmed."""

    async def add(handle: str) -> UUID:
        return await add_person(session, handle, confirmed_at=real_now())

    return add


@pytest.fixture
async def salif(person: Callable[[str], Awaitable[UUID]]) -> UUID:
    return await person("salif")


@pytest.fixture
async def ines(person: Callable[[str], Awaitable[UUID]]) -> UUID:
    return await person("ines")


@pytest.fixture
def staff(chloe: UUID) -> Viewer:
    return support(chloe)


@pytest.fixture
def opened(session: AsyncSession, chloe: UUID) -> Open:
    """Opens a shop as `open_shop` does; ``owner`` and ``editor`` become its members."""

    async def make(*, owner: UUID | None = None, editor: UUID | None = None, **parts: Any) -> Shop:
        shop = await open_shop(session, chloe, **parts)
        for account_id, role in ((owner, ShopRole.OWNER), (editor, ShopRole.EDITOR)):
            if account_id is not None:
                await join_shop(session, shop, account_id, role, staff=chloe)
        return shop

    return make


@pytest.fixture
def upload(session: AsyncSession) -> Upload:
    """The row of an uploaded image."""

    async def create(owner_id: UUID, purpose: FilePurpose = FilePurpose.PHOTO) -> UUID:
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
            height=40,
            object_key=f"2026-11-23/{new_id().hex}",
            created_at=NOON,
        )
        session.add(file)
        await session.flush()
        return file.id

    return create
