"""Salif owns a shop: he makes Inès an editor and an owner, and can't leave it alone."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.errors import AccountNotFoundError
from orderhub.domain.accounts.models import Account
from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.shops.errors import LastOwnerError, MemberNotFoundError
from orderhub.domain.shops.members import MAX_MEMBERS, Membership, members_of, remove_member, set_member
from orderhub.domain.shops.models import Shop, ShopRole
from orderhub.domain.shops.personal_data import erase_memberships, export_memberships
from orderhub.domain.shops.service import ShopChanges, update_shop
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import new_id, show_id

Open = Callable[..., Awaitable[Shop]]
Upload = Callable[..., Awaitable[UUID]]
OWNER, EDITOR = ShopRole


async def roles(session: AsyncSession, shop: Shop) -> dict[str, str]:
    await session.flush()
    return {account.handle: member.role for member, account in await members_of(session, shop.id)}


async def test_an_owner_says_who_the_members_are(
    session: AsyncSession, opened: Open, salif: UUID, ines: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif)

    member, account = await set_member(session, shop, Membership(ines, EDITOR), actor=Viewer(salif), now=now)
    assert (member.role, member.added_at, account.handle) == ("editor", now, "ines")
    assert await roles(session, shop) == {"salif": "owner", "ines": "editor"}
    await set_member(session, shop, Membership(ines, OWNER), actor=Viewer(salif), now=now)
    assert await roles(session, shop) == {"salif": "owner", "ines": "owner"}
    await remove_member(session, shop, salif, actor=Viewer(salif), now=now)
    assert await roles(session, shop) == {"ines": "owner"}


async def test_the_last_owner_stays_unless_staff_decide(
    session: AsyncSession, opened: Open, staff: Viewer, salif: UUID, ines: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif, editor=ines)

    with pytest.raises(LastOwnerError):
        await remove_member(session, shop, salif, actor=Viewer(salif), now=now)
    with pytest.raises(LastOwnerError):
        await set_member(session, shop, Membership(salif, EDITOR), actor=Viewer(salif), now=now)
    await set_member(session, shop, Membership(salif, OWNER), actor=Viewer(salif), now=now)
    await remove_member(session, shop, ines, actor=Viewer(ines), now=now)
    await remove_member(session, shop, salif, actor=staff, now=now)
    assert await roles(session, shop) == {}


async def test_an_owner_of_another_shop_does_not_count(
    session: AsyncSession, opened: Open, salif: UUID, ines: UUID, now: datetime
) -> None:
    await opened(owner=ines)
    shop = await opened(owner=salif)

    with pytest.raises(LastOwnerError):
        await remove_member(session, shop, salif, actor=Viewer(salif), now=now)


async def test_only_who_is_shown_can_be_added(
    session: AsyncSession, opened: Open, salif: UUID, ines: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif)
    (await session.get_one(Account, ines)).suspended_at = now
    await session.flush()

    for nobody in (ines, new_id()):
        with pytest.raises(AccountNotFoundError):
            await set_member(session, shop, Membership(nobody, EDITOR), actor=Viewer(salif), now=now)


async def test_who_is_no_member_cannot_be_removed(
    session: AsyncSession, opened: Open, staff: Viewer, ines: UUID, now: datetime
) -> None:
    with pytest.raises(MemberNotFoundError):
        await remove_member(session, await opened(), ines, actor=staff, now=now)


async def test_a_shop_has_room_for_so_many(
    session: AsyncSession, opened: Open, person: Callable[[str], Awaitable[UUID]], staff: Viewer, now: datetime
) -> None:
    shop = await opened()
    editors = [await person(f"editor{number}") for number in range(MAX_MEMBERS)]
    for editor in editors:
        await set_member(session, shop, Membership(editor, EDITOR), actor=staff, now=now)
        await session.flush()

    with pytest.raises(LimitReachedError):
        await set_member(session, shop, Membership(await person("one.more"), EDITOR), actor=staff, now=now)
    await set_member(session, shop, Membership(editors[0], OWNER), actor=staff, now=now)
    assert list((await roles(session, shop)).values()).count("owner") == 1


async def test_the_audit_tells_who_became_what(
    session: AsyncSession, opened: Open, salif: UUID, ines: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif)
    actor, member = Viewer(salif), show_id("acc", ines)

    await set_member(session, shop, Membership(ines, EDITOR), actor=actor, now=now)
    await set_member(session, shop, Membership(ines, EDITOR), actor=actor, now=now)
    await set_member(session, shop, Membership(ines, OWNER), actor=actor, now=now)
    await remove_member(session, shop, ines, actor=actor, now=now)
    await session.flush()

    entries = await session.scalars(select(AuditEntry).where(AuditEntry.account_id == salif).order_by(AuditEntry.id))
    editor, owner = ({"account_id": member, "role": role} for role in ("editor", "owner"))
    assert [(entry.action, entry.before, entry.after) for entry in entries] == [
        ("shop.member_set", None, editor),
        ("shop.member_set", editor, owner),
        ("shop.member_removed", owner, None),
    ]


async def test_what_is_held_of_a_member_is_exported_and_erased(
    session: AsyncSession, opened: Open, upload: Upload, salif: UUID, ines: UUID, now: datetime
) -> None:
    shop = await opened(owner=salif, editor=ines)
    photo = await upload(salif)
    await update_shop(session, shop, actor=Viewer(salif), changes=ShopChanges(logo_file_id=photo), now=now)
    await session.flush()
    assert await export_memberships(session, salif) == [
        {
            "id": show_id("shp", shop.id),
            "name": "La Maison du Bazin",
            "role": "owner",
            "added_at": show_instant(now),
        }
    ]

    await erase_memberships(session, salif)

    await session.refresh(shop)
    assert (shop.logo_file_id, shop.version) == (None, 3)
    assert await roles(session, shop) == {"ines": "editor"}
    assert await export_memberships(session, salif) == []
