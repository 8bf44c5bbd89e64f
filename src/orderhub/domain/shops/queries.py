"""Reads of the directory: the public list with its search, and the shops of a member."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.search import drop_noise
from orderhub.domain.shops.hosts import hosts_of
from orderhub.domain.shops.models import Shop, ShopMember, ShopRole, ShopSite
from orderhub.infra.pages import newest_first, one_more, where_given
from orderhub.kit.pages import Page, PageRequest, cut


@dataclass(frozen=True, slots=True)
class ShopFilter:
    """What is searched for; None asks nothing."""

    q: str | None = None
    """Words of name or description, or the address of a site."""
    country: str | None = None
    category: str | None = None
    active: bool = True


async def search_shops(session: AsyncSession, asked: ShopFilter, page: PageRequest) -> Page[Shop]:
    """A page of the shops that match everything asked, newest first."""
    conditions = [Shop.active.is_(asked.active), *where_given((Shop.country, asked.country))]
    if asked.category is not None:
        conditions.append(Shop.categories.contains([asked.category]))
    if asked.q is not None:
        conditions.append(or_(Shop.search.op("@@")(func.listing_query(drop_noise(asked.q))), _has_site(asked.q)))
    return await newest_first(session, Shop, page, *conditions)


async def shops_of(session: AsyncSession, account_id: UUID, page: PageRequest) -> Page[tuple[Shop, ShopRole]]:
    """A page of the shops that somebody is a member of, active or not, with their role, newest first."""
    mine = (
        select(Shop, ShopMember.role)
        .join(ShopMember, ShopMember.shop_id == Shop.id)
        .where(ShopMember.account_id == account_id)
    )
    found = await session.execute(one_more(mine, page, Shop.id))
    return cut([(shop, ShopRole(role)) for shop, role in found], page.limit, lambda row: row[0].id)


def _has_site(asked: str) -> ColumnElement[bool]:
    return exists(select(ShopSite.host).where(ShopSite.shop_id == Shop.id, ShopSite.host.in_(hosts_of(asked))))
