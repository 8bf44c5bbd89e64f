"""Partner shops: as rows, and as staff take them in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops.members import Membership, set_member
from orderhub.domain.shops.models import Shop, ShopRole, ShopSite
from orderhub.domain.shops.service import ShopChanges, create_shop
from orderhub.domain.shops.shop_accounts import open_account
from orderhub.kit.ids import new_id
from tests.making.instants import NOON


def new_shop(name: str = "La Maison du Bazin", **parts: Any) -> Shop:
    """A Senegalese shop without sites, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "id": new_id(),
        "account_id": new_id(),
        "name": name,
        "description": "",
        "country": "SN",
        "currency": "XOF",
        "logo_file_id": None,
        "categories": [],
        "active": True,
        "version": 1,
        "created_at": NOON,
        "updated_at": NOON,
    }
    return Shop(**(plain | parts))


async def add_shop(session: AsyncSession, name: str, *hosts: str, **parts: Any) -> UUID:
    """The same with sites on these hosts, in the caller's unit of work."""
    shop = new_shop(name, **parts)
    await open_account(session, shop, NOON)
    session.add(shop)
    await session.flush()
    session.add_all(ShopSite(host=host, shop_id=shop.id, url=f"https://{host}") for host in hosts)
    await session.flush()
    return shop.id


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
