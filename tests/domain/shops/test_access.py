"""Anybody sees active shops; members and staff see and edit theirs; owners and staff run them."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.access import is_staff, shop_to_edit, shop_to_look_into, shop_to_run, visible_shop
from orderhub.domain.shops.errors import ShopNotFoundError, ShopStaleError
from orderhub.domain.shops.models import Shop
from orderhub.kit.errors import ForbiddenError
from orderhub.kit.ids import new_id

Open = Callable[..., Awaitable[Shop]]
RUN = (shop_to_run, shop_to_look_into)


def test_support_and_admins_keep_the_directory(driss: UUID) -> None:
    roles = ("support", "admin", "finance", "production")
    keepers = [role for role in roles if is_staff(Viewer(driss, frozenset({role})))]

    assert keepers == ["support", "admin"]
    assert not is_staff(Viewer(driss))
    assert not is_staff(None)


async def test_an_active_shop_is_everybodys_to_see(session: AsyncSession, opened: Open, driss: UUID) -> None:
    shop = await opened()

    for viewer in (None, Viewer(driss), Viewer(driss, frozenset({"finance"}))):
        assert await visible_shop(session, shop.id, viewer) is shop


async def test_another_is_its_members_and_the_staffs(
    session: AsyncSession, opened: Open, staff: Viewer, salif: UUID, ines: UUID, driss: UUID
) -> None:
    shop = await opened(owner=salif, editor=ines, active=False)

    for viewer in (staff, Viewer(salif), Viewer(ines)):
        assert await visible_shop(session, shop.id, viewer) is shop
    for viewer in (None, Viewer(driss), Viewer(driss, frozenset({"finance"}))):
        with pytest.raises(ShopNotFoundError):
            await visible_shop(session, shop.id, viewer)


async def test_what_is_absent_is_so_for_staff_too(session: AsyncSession, staff: Viewer) -> None:
    with pytest.raises(ShopNotFoundError):
        await visible_shop(session, new_id(), staff)
    for ask in (shop_to_edit, *RUN):
        with pytest.raises(ShopNotFoundError):
            await ask(session, new_id(), staff)


async def test_members_and_staff_edit(
    session: AsyncSession, opened: Open, staff: Viewer, salif: UUID, ines: UUID
) -> None:
    shop = await opened(owner=salif, editor=ines)

    for viewer in (staff, Viewer(salif), Viewer(ines)):
        assert await shop_to_edit(session, shop.id, viewer) is shop
    assert await shop_to_edit(session, shop.id, Viewer(ines), expected=frozenset({1})) is shop
    with pytest.raises(ShopStaleError):
        await shop_to_edit(session, shop.id, Viewer(ines), expected=frozenset({2}))


async def test_owners_and_staff_run(
    session: AsyncSession, opened: Open, staff: Viewer, salif: UUID, ines: UUID
) -> None:
    shop = await opened(owner=salif, editor=ines, active=False)

    for ask in RUN:
        for viewer in (staff, Viewer(salif)):
            assert await ask(session, shop.id, viewer) is shop
        with pytest.raises(ForbiddenError):
            await ask(session, shop.id, Viewer(ines))


async def test_a_member_may_leave_but_not_send_away(
    session: AsyncSession, opened: Open, salif: UUID, ines: UUID, driss: UUID
) -> None:
    shop = await opened(owner=salif, editor=ines)

    assert await shop_to_run(session, shop.id, Viewer(ines), leaving=ines) is shop
    with pytest.raises(ForbiddenError):
        await shop_to_run(session, shop.id, Viewer(ines), leaving=salif)
    with pytest.raises(ForbiddenError):
        await shop_to_run(session, shop.id, Viewer(driss), leaving=driss)


async def test_a_stranger_learns_of_active_shops_only(session: AsyncSession, opened: Open, driss: UUID) -> None:
    shown, hidden = await opened(), await opened(active=False)

    for ask in (shop_to_edit, *RUN):
        with pytest.raises(ForbiddenError):
            await ask(session, shown.id, Viewer(driss))
        with pytest.raises(ShopNotFoundError):
            await ask(session, hidden.id, Viewer(driss))


async def test_an_owner_of_one_shop_is_a_stranger_to_another(session: AsyncSession, opened: Open, salif: UUID) -> None:
    await opened(owner=salif)
    other = await opened()

    with pytest.raises(ForbiddenError):
        await shop_to_edit(session, other.id, Viewer(salif))


async def test_a_stale_version_is_not_told_to_strangers(session: AsyncSession, opened: Open, driss: UUID) -> None:
    shop = await opened(active=False)

    with pytest.raises(ShopNotFoundError):
        await shop_to_edit(session, shop.id, Viewer(driss), expected=frozenset({7}))
