"""What staff and members do to a shop of the directory: create and edit it. Each is noted in the audit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypedDict
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.places import check_country
from orderhub.domain.audit import log
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops import shop_accounts
from orderhub.domain.shops.access import is_staff
from orderhub.domain.shops.logos import check_logo
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.sites import set_sites, sites_of
from orderhub.kit.ids import new_id, show_id

CREATED: Final = "shop.created"
EDITED: Final = "shop.edited"
MAX_CATEGORIES: Final = 10


class ShopChanges(TypedDict, total=False):
    """What is to change; an absent key changes nothing."""

    name: str
    description: str
    country: str
    currency: str
    sites: list[str]
    """URLs: all that the shop is to have."""
    logo_file_id: UUID | None
    categories: list[str]
    active: bool


_PLAIN: Sequence[str] = ("name", "description", "country", "currency", "logo_file_id", "active")


async def create_shop(
    session: AsyncSession, *, actor: Viewer, changes: ShopChanges, now: datetime, shop_id: UUID | None = None
) -> Shop:
    """A new shop, active unless ``active`` says otherwise; at least name, country and currency are given.

    ``shop_id`` is for sample data, which others name. Raises what `update_shop` raises.
    """
    shop = Shop(
        id=shop_id or new_id(),
        account_id=new_id(),
        name=changes.get("name", ""),
        description="",
        country=changes.get("country", ""),
        currency=changes.get("currency", ""),
        logo_file_id=None,
        categories=[],
        active=True,
        version=1,
        created_at=now,
        updated_at=now,
    )
    await shop_accounts.open_account(session, shop, now)
    await _change(session, shop, changes, actor)
    await _audit(session, shop, actor, CREATED, None, now)
    return shop


async def update_shop(session: AsyncSession, shop: Shop, *, actor: Viewer, changes: ShopChanges, now: datetime) -> None:
    """Change a shop of `access.shop_to_edit`.

    Raises SiteTakenError, FileUnusableError, PhotoUnusableError and InvalidError.
    """
    if changes:
        before = await _shown(session, shop)
        await _change(session, shop, changes, actor)
        shop.version += 1
        shop.updated_at = now
        await _audit(session, shop, actor, EDITED, before, now)


async def _change(session: AsyncSession, shop: Shop, changes: ShopChanges, actor: Viewer) -> None:
    if "country" in changes:
        check_country(changes["country"])
    logo = changes.get("logo_file_id")
    if logo is not None and logo != shop.logo_file_id:
        await check_logo(session, logo, actor.account_id)
    for name in _PLAIN:
        if name in changes:
            setattr(shop, name, changes[name])
    if "categories" in changes:
        shop.categories = list(dict.fromkeys(changes["categories"]))
    session.add(shop)
    await session.flush()
    await shop_accounts.follow(session, shop)
    if "sites" in changes:
        await set_sites(session, shop.id, changes["sites"], by_staff=is_staff(actor))


async def _shown(session: AsyncSession, shop: Shop) -> Mapping[str, Any]:
    """The shop as the audit keeps it."""
    logo = shop.logo_file_id
    return {
        "name": shop.name,
        "description": shop.description,
        "country": shop.country,
        "currency": shop.currency,
        "logo_file_id": show_id("fil", logo) if logo else None,
        "categories": list(shop.categories),
        "active": shop.active,
        "sites": [site.url for site in (await sites_of(session, [shop.id]))[shop.id]],
    }


async def _audit(  # noqa: PLR0913, PLR0917 - what an entry of the audit consists of
    session: AsyncSession, shop: Shop, actor: Viewer, action: str, before: Mapping[str, Any] | None, now: datetime
) -> None:
    """Note what differs."""
    after = await _shown(session, shop)
    changed = {name for name, value in after.items() if before is None or before[name] != value}
    log.record(
        session,
        account_id=actor.account_id,
        action=action,
        subject=show_id("shp", shop.id),
        before={name: value for name, value in before.items() if name in changed} if before is not None else None,
        after={name: value for name, value in after.items() if name in changed},
        at=now,
    )
