"""What is needed to show or change a cart, in one statement each. Compiled once.

A row comes back only when everything is as it should be: the session is alive, the cart is the
caller's, the key is free and unused. `domain/requests` finds out which of these it was when none comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    join,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from orderhub.domain.carts.models import Cart, CartLine
from orderhub.domain.carts.rules import Line, LineShop
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.domain.shops.models import Shop, ShopSite
from orderhub.domain.shops.recognition import is_active, shop_at
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Statement
from orderhub.infra.locking import LockingStatement

_CART: Final = ("id", "status", "separate", "version", "quote_id", "created_at", "updated_at")
_LINE: Final = ("id", "name", "url", "quantity", "note", "created_at")
_SHOP_FIELDS: Final = ("id", "name", "currency", "active")
_WIDTH: Final = len(_CART)
_END: Final = _WIDTH + len(_LINE)
_SHOP: Final = aliased(Shop, name="shop")


@dataclass(frozen=True, slots=True)
class CartState:
    """A cart without its lines."""

    id: UUID
    status: str
    separate: bool
    version: int
    quote_id: UUID | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LoadedCart:
    """A cart as it was read, with its lines in their order."""

    cart: CartState
    lines: Sequence[Line]


def with_lines() -> Select[*tuple[Any, ...]]:
    """A cart of an account, a row or more for each line, or one without. Parameters ``cart_id``, ``account_id``.

    A line comes once for each shop that has a host of its page, the nearest first: sorting here takes a
    third of what choosing within the statement would take.
    """
    site, given = aliased(Shop, name="site"), aliased(Shop, name="given")
    sites = join(ShopSite, site, and_(site.id == ShopSite.shop_id, site.active))
    shop = (func.coalesce(getattr(site, name), getattr(given, name)) for name in _SHOP_FIELDS)
    return (
        select(
            *(getattr(Cart, name) for name in _CART),
            *(getattr(CartLine, name) for name in _LINE),
            site.id.is_not(None).label("recognised"),
            *shop,
        )
        .select_from(Cart)
        .outerjoin(CartLine, CartLine.cart_id == Cart.id)
        .outerjoin(sites, ShopSite.host == any_(CartLine.hosts))
        .outerjoin(given, given.id == CartLine.shop_id)
        .where(*_mine())
        .order_by(CartLine.place, func.length(ShopSite.host).desc())
    )


def _mine() -> tuple[Any, ...]:
    return Cart.id == bindparam("cart_id", type_=Uuid()), Cart.account_id == bindparam("account_id", type_=Uuid())


def _to_add() -> Select[*tuple[Any, ...]]:
    """The locked cart, the shop of a new line, and the earliest line that says the same.

    Parameters besides: ``hosts``, ``shop_id``, ``url``, ``name``, ``note``.
    """
    given, hosts = bindparam("shop_id", type_=Uuid()), bindparam("hosts", type_=ARRAY(Text()))
    site = shop_at(hosts).subquery("site")
    return (
        select(
            *(Cart.status, Cart.version, Cart.line_count, Cart.last_place),
            ahead().label("ahead"),
            is_active(given).label("given_known"),
            site.c.shop_id.label("site_id"),
            *(_SHOP.id.label("shop_id"), _SHOP.name.label("shop_name"), _SHOP.currency.label("shop_currency")),
            _twin(site, given).label("twin"),
        )
        .select_from(Cart)
        .outerjoin(site, true())
        .outerjoin(_SHOP, _SHOP.id == func.coalesce(site.c.shop_id, given))
        .where(*_mine(), session_alive())
    )


def _twin(site: Subquery, given: ColumnElement[UUID]) -> Any:
    """The first line of the cart that says what a new one would: `rules.twins` for one line."""
    shop, its_shop = func.coalesce(site.c.shop_id, given), shop_at(CartLine.hosts).correlate(CartLine)
    same_page = CartLine.url == bindparam("url", type_=Text())
    same_name = and_(
        CartLine.name == bindparam("name", type_=Text()),
        func.coalesce(its_shop.scalar_subquery(), CartLine.shop_id) == shop,
    )
    return (
        select(CartLine.id)
        .where(
            CartLine.cart_id == Cart.id,
            CartLine.note.is_not_distinct_from(bindparam("note", type_=Text())),
            or_(same_page, same_name),
        )
        .order_by(CartLine.place)
        .limit(1)
        .correlate(Cart, site)
        .scalar_subquery()
    )


READ: Final = Statement(with_lines().where(session_alive()))
"""One cart, for a caller, without a lock."""
VISIBLE: Final = Statement(select(Cart.id).where(*_mine()))
ADD: Final = LockingStatement(_to_add(), of=Cart)
ADD_KEYED: Final = LockingStatement(with_key(_to_add()), of=Cart)


def read_loaded(rows: Sequence[Any]) -> LoadedCart:
    """The cart in the rows of `with_lines`, of which there is at least one."""
    head, lines = rows[0], list[Line]()
    previous = None
    for row in rows:
        line_id = row[_WIDTH]
        if line_id != previous:  # else the same line with a shop further up
            shop = None if row[_END + 1] is None else LineShop(*row[_END + 1 :])
            lines.append(Line(*row[_WIDTH : _END + 1], shop=shop))
            previous = line_id
    return LoadedCart(CartState(*head[:_WIDTH]), lines)
