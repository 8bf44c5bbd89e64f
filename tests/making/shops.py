"""Shops of the directory."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.members import Membership, set_member
from orderhub.domain.shops.models import Shop, ShopRole
from orderhub.domain.shops.service import ShopChanges, create_shop
from tests.making.instants import NOON


async def open_shop(session: AsyncSession, staff: UUID, *, now: datetime = NOON, **parts: Any) -> Shop:
    """A shop of fabrics in Dakar, taken in by staff, but for what is said otherwise."""
    changes = ShopChanges(
        name="La Maison du Bazin",
        description="Bazin riche et wax au mètre.",
        country="SN",
        currency="XOF",
        sites=[],
        categories=["fabrics_haberdashery"],
    )
    changes.update(parts)  # pyright: ignore[reportArgumentType, reportCallIssue]
    return await create_shop(session, actor=support(staff), changes=changes, now=now)


async def join_shop(session: AsyncSession, shop: Shop, account_id: UUID, role: ShopRole, *, staff: UUID) -> None:
    """Staff make somebody a member."""
    await set_member(session, shop, Membership(account_id, role), actor=support(staff), now=NOON)
    await session.flush()


def support(account_id: UUID) -> Viewer:
    """Somebody of the support."""
    return Viewer(account_id, frozenset({"support"}))
