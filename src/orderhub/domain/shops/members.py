"""The members of a shop: owners, who say who they are, and editors. Each change is noted in the audit.

The shop is locked by who calls (`access.shop_to_run`), so that its members change one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.queries import public_account
from orderhub.domain.audit import log
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.policies.bounds import FIXED
from orderhub.domain.policies.room import require_fixed_room
from orderhub.domain.shops.access import is_staff
from orderhub.domain.shops.errors import LastOwnerError, MemberNotFoundError
from orderhub.domain.shops.models import Shop, ShopMember, ShopRole
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

MAX_MEMBERS: Final = FIXED["shop_members"].most
MEMBER_SET: Final = "shop.member_set"
MEMBER_REMOVED: Final = "shop.member_removed"

Member = tuple[ShopMember, Account]


@dataclass(frozen=True, slots=True)
class Membership:
    """Who is to edit a shop, in which role."""

    account_id: UUID
    role: ShopRole


async def members_of(session: AsyncSession, shop_id: UUID) -> Sequence[Member]:
    """Every member, the first added first."""
    found = await session.execute(
        select(ShopMember, Account)
        .join(Account, Account.id == ShopMember.account_id)
        .where(ShopMember.shop_id == shop_id)
        .order_by(ShopMember.added_at, ShopMember.account_id)
    )
    return [(member, account) for member, account in found]


async def set_member(session: AsyncSession, shop: Shop, wanted: Membership, *, actor: Viewer, now: datetime) -> Member:
    """Let somebody edit the shop in this role; who is a member already gets the role.

    Raises AccountNotFoundError, LimitReachedError and LastOwnerError.
    """
    account, role = await public_account(session, wanted.account_id), wanted.role
    member = await session.get(ShopMember, (shop.id, account.id))
    before = member.role if member else None
    if member is None:
        await _check_room(session, shop.id)
        member = ShopMember(shop_id=shop.id, account_id=account.id, role=role.value, added_at=now)
        session.add(member)
    elif role is not ShopRole.OWNER:
        await _check_owner_left(session, member, actor)
    member.role = role.value
    if before != role:
        _audit(session, shop, actor, account.id, MEMBER_SET, before, role.value, now)
    return member, account


async def remove_member(session: AsyncSession, shop: Shop, account_id: UUID, *, actor: Viewer, now: datetime) -> None:
    """Somebody edits the shop no more. Raises MemberNotFoundError and LastOwnerError."""
    member = await session.get(ShopMember, (shop.id, account_id))
    if member is None:
        raise MemberNotFoundError(
            Label("Voyez GET /v1/shops/{shop_id}/members.", "See GET /v1/shops/{shop_id}/members.")
        )
    await _check_owner_left(session, member, actor)
    await session.delete(member)
    _audit(session, shop, actor, account_id, MEMBER_REMOVED, member.role, None, now)


async def _check_room(session: AsyncSession, shop_id: UUID) -> None:
    count = select(func.count()).select_from(ShopMember).where(ShopMember.shop_id == shop_id)
    require_fixed_room("shop_members", await session.scalar(count) or 0)


async def _check_owner_left(session: AsyncSession, leaving: ShopMember, actor: Viewer) -> None:
    if is_staff(actor) or leaving.role != ShopRole.OWNER:
        return
    others = select(ShopMember.account_id).where(
        ShopMember.shop_id == leaving.shop_id,
        ShopMember.account_id != leaving.account_id,
        ShopMember.role == ShopRole.OWNER,
    )
    if await session.scalar(others.limit(1)) is None:
        raise LastOwnerError(
            Label(
                "Nommez d’abord un autre propriétaire, ou demandez à nos équipes.",
                "Make somebody else an owner first, or ask the staff.",
            )
        )


def _audit(  # noqa: PLR0913, PLR0917 - what an entry of the audit consists of
    session: AsyncSession,
    shop: Shop,
    actor: Viewer,
    account_id: UUID,
    action: str,
    before: str | None,
    after: str | None,
    now: datetime,
) -> None:
    member = show_id("acc", account_id)
    log.record(
        session,
        account_id=actor.account_id,
        action=action,
        subject=show_id("shp", shop.id),
        before={"account_id": member, "role": before} if before else None,
        after={"account_id": member, "role": after} if after else None,
        at=now,
    )
