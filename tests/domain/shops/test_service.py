"""Chloé takes a shop into the directory, Salif changes it; what each did is in the audit."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.files.models import FilePurpose
from orderhub.domain.files.queries import get_visible
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.service import ShopChanges, create_shop, update_shop
from orderhub.kit.errors import InvalidError, NotFoundError
from orderhub.kit.ids import new_id, show_id

Open = Callable[..., Awaitable[Shop]]
Upload = Callable[..., Awaitable[UUID]]


async def audit_of(session: AsyncSession, shop: Shop) -> list[tuple[str, UUID | None, Any, Any]]:
    await session.flush()
    entries = await session.scalars(
        select(AuditEntry).where(AuditEntry.subject == show_id("shp", shop.id)).order_by(AuditEntry.id)
    )
    return [(entry.action, entry.account_id, entry.before, entry.after) for entry in entries]


async def test_a_new_shop_is_active_unless_said(session: AsyncSession, staff: Viewer, now: datetime) -> None:
    least = ShopChanges(name="Kenza", country="TN", currency="TND")

    shop = await create_shop(session, actor=staff, changes=least, now=now)
    hidden = await create_shop(session, actor=staff, changes=ShopChanges(**(least | {"active": False})), now=now)

    assert (shop.active, shop.version, shop.description, shop.categories) == (True, 1, "", [])
    assert not hidden.active


async def test_an_edit_changes_what_it_names(session: AsyncSession, opened: Open, salif: UUID, now: datetime) -> None:
    shop = await opened(owner=salif, sites=["https://bazin.example"])

    changes = ShopChanges(name="Le Bazin", categories=["crafts", "fashion", "crafts"])
    await update_shop(session, shop, actor=Viewer(salif), changes=changes, now=now + timedelta(hours=1))

    assert (shop.name, shop.categories, shop.description) == (
        "Le Bazin",
        ["crafts", "fashion"],
        "Bazin riche et wax au mètre.",
    )
    assert (shop.version, shop.updated_at, shop.created_at) == (2, now + timedelta(hours=1), now)


async def test_an_edit_of_nothing_changes_nothing(
    session: AsyncSession, opened: Open, salif: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif)

    await update_shop(session, shop, actor=Viewer(salif), changes=ShopChanges(), now=now + timedelta(hours=1))

    assert (shop.version, shop.updated_at) == (1, now)
    assert [action for action, *_ in await audit_of(session, shop)] == ["shop.created", "shop.member_set"]


async def test_the_audit_tells_what_changed(
    session: AsyncSession, opened: Open, chloe: UUID, salif: UUID, now: datetime
) -> None:
    shop = await opened(sites=["https://bazin.example"])

    changes = ShopChanges(name="Le Bazin", country="SN", sites=["https://bazin.example", "https://wax.example"])
    await update_shop(session, shop, actor=Viewer(salif), changes=changes, now=now)

    created, edited = await audit_of(session, shop)
    assert created[:3] == ("shop.created", chloe, None)
    assert created[3]["name"] == "La Maison du Bazin"
    assert edited == (
        "shop.edited",
        salif,
        {"name": "La Maison du Bazin", "sites": ["https://bazin.example"]},
        {"name": "Le Bazin", "sites": ["https://bazin.example", "https://wax.example"]},
    )


async def test_no_country_is_made_up(session: AsyncSession, opened: Open, staff: Viewer, now: datetime) -> None:
    with pytest.raises(InvalidError) as refusal:
        await update_shop(session, await opened(), actor=staff, changes=ShopChanges(country="XX"), now=now)

    assert [place.pointer for place in refusal.value.errors] == ["/country"]


@pytest.mark.parametrize("change", ["country = 'Tunisie'", "currency = 'dinar'"])
async def test_the_database_itself_keeps_codes(session: AsyncSession, opened: Open, change: str) -> None:
    await opened()

    with pytest.raises(IntegrityError, match="ck_shops_"):
        await session.execute(text(f"UPDATE shops SET {change}"))


async def test_a_logo_is_a_photo_of_who_gives_it(
    session: AsyncSession, opened: Open, upload: Upload, staff: Viewer, salif: UUID, driss: UUID, now: datetime
) -> None:
    shop, photo = await opened(owner=salif), await upload(salif)

    async def give(actor: Viewer, file_id: UUID | None) -> None:
        await update_shop(session, shop, actor=actor, changes=ShopChanges(logo_file_id=file_id), now=now)

    await give(Viewer(salif), photo)
    assert shop.logo_file_id == photo
    await give(staff, photo)  # it is the shop's already
    for foreign in (await upload(driss), new_id()):
        with pytest.raises(FileUnusableError) as refusal:
            await give(Viewer(salif), foreign)
        assert [place.pointer for place in refusal.value.errors] == ["/logo_file_id"]
    with pytest.raises(PhotoUnusableError):
        await give(Viewer(salif), await upload(salif, FilePurpose.ATTACHMENT))
    await give(staff, None)
    assert shop.logo_file_id is None


async def test_a_logo_is_seen_as_its_shop_is(
    session: AsyncSession, opened: Open, upload: Upload, salif: UUID, ines: UUID, driss: UUID, now: datetime
) -> None:
    photo = await upload(salif)
    with pytest.raises(NotFoundError):
        await get_visible(session, photo, None)

    shop = await opened(owner=salif, editor=ines)
    await update_shop(session, shop, actor=Viewer(salif), changes=ShopChanges(logo_file_id=photo), now=now)
    for viewer in (None, Viewer(driss)):
        assert (await get_visible(session, photo, viewer)).id == photo

    await update_shop(session, shop, actor=Viewer(salif), changes=ShopChanges(active=False), now=now)
    assert (await get_visible(session, photo, Viewer(ines))).id == photo
    for viewer in (None, Viewer(driss)):
        with pytest.raises(NotFoundError):
            await get_visible(session, photo, viewer)
