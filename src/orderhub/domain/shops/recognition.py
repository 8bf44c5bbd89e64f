"""Which partner shop a page belongs to, within a statement: the nearest host that an active shop has."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, any_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from orderhub.domain.shops.models import Shop, ShopSite

Hosts = ColumnElement[Any] | InstrumentedAttribute[list[str]]


def shop_at(hosts: Hosts) -> Select[UUID]:
    """The id of the active shop with one of these hosts, the longest of which is the nearest; or no row."""
    # Asked shop by shop, of which there are few: joined, the whole directory would be read at times.
    active = select(Shop.active).where(Shop.id == ShopSite.shop_id).correlate(ShopSite).scalar_subquery()
    return (
        select(ShopSite.shop_id)
        .where(ShopSite.host == any_(hosts), active)
        .order_by(func.length(ShopSite.host).desc())
        .limit(1)
    )


def is_active(shop_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether this is the id of an active shop."""
    return exists().where(Shop.id == shop_id, Shop.active)
