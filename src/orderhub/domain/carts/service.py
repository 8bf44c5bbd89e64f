"""Changing carts where nobody is in a hurry: open, change and remove a line, delete.

Whoever changes a cart or its lines holds the cart's lock, and every change raises its version.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.carts.errors import CartLineNotFoundError
from orderhub.domain.carts.models import Cart, CartLine, CartStatus
from orderhub.domain.carts.queries import own_cart
from orderhub.domain.carts.requirements import require_agreement, require_open
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import require_room
from orderhub.domain.requests.versions import require_version
from orderhub.domain.shops.hosts import hosts_of
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.recognition import shop_at
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

_TRIES = 3


async def create_cart(
    session: AsyncSession, account_id: UUID, *, separate: bool, now: datetime, cart_id: UUID | None = None
) -> tuple[UUID, bool]:
    """The account's usual open cart, made where there is none, or always a new one; and whether it is new.

    ``cart_id`` is the id that a new one is to have. Raises LimitReachedError.
    """
    for _ in range(_TRIES):
        found = None if separate else await session.scalar(_usual(account_id))
        if found is not None:
            return found, False
        await _require_room(session, account_id)
        made = await session.scalar(_new_cart(cart_id or new_id(), account_id, now, separate=separate))
        if made is not None:
            return made, True
    raise ConflictError(
        Label(
            "Le panier de ce compte change très vite. Réessayez.",
            "This account's cart is changing very fast. Try again.",
        ),
        retry_after=1,
    )


def _usual(account_id: UUID) -> Select[UUID]:
    return select(Cart.id).where(
        Cart.account_id == account_id, Cart.status == CartStatus.OPEN.value, Cart.separate.is_(False)
    )


async def _require_room(session: AsyncSession, account_id: UUID) -> None:
    await lock_account(session, account_id)
    still_open = select(func.count()).where(Cart.account_id == account_id, Cart.status == CartStatus.OPEN.value)
    require_room(await bounds(session), "carts", await session.scalar(still_open) or 0)


def _new_cart(cart_id: UUID, account_id: UUID, now: datetime, *, separate: bool) -> Any:
    values = {
        "id": cart_id,
        "account_id": account_id,
        "status": CartStatus.OPEN.value,
        "separate": separate,
        "version": 1,
        "line_count": 0,
        "last_place": 0,
        "created_at": now,
        "updated_at": now,
    }
    return insert(Cart).values(values).on_conflict_do_nothing().returning(Cart.id)


async def to_change(session: AsyncSession, cart_id: UUID, account_id: UUID, expected: Versions | None) -> Cart:
    """An open cart of this account, locked, in the version that the caller looked at.

    Raises CartNotFoundError, CartClosedError, StaleError.
    """
    cart = await own_cart(session, cart_id, account_id)
    require_open(cart.status)
    require_version("cart", cart.version, expected)
    return cart


async def change_line(
    session: AsyncSession, cart: Cart, line_id: UUID, changes: Mapping[str, Any], now: datetime
) -> None:
    """Change fields of a line of a locked cart; what is absent stays. A new URL tells the shop anew.

    Raises CartLineNotFoundError, and InvalidError as adding does.
    """
    line = await _line_of(session, cart, line_id)
    for name in ("name", "quantity", "note", "url"):
        setattr(line, name, changes.get(name, getattr(line, name)))
    if "url" in changes or "shop_id" in changes:
        line.hosts = hosts_of(line.url) if line.url else []
        line.shop_id = await _shop_of(session, line, changes)
    _touch(cart, now)
    await session.flush()


async def _shop_of(session: AsyncSession, line: CartLine, changes: Mapping[str, Any]) -> UUID | None:
    """The shop of the page, else the one given, else the one that was known while the page stays away."""
    site = await session.scalar(shop_at(literal(line.hosts, ARRAY(Text()))))
    given = changes.get("shop_id")
    known = given is not None and await session.scalar(select(Shop.id).where(Shop.id == given, Shop.active)) is not None
    require_agreement(given, known=known, site=site)
    if site is not None or "shop_id" in changes:
        return site or given
    return line.shop_id if line.url is None else None


async def remove_line(session: AsyncSession, cart: Cart, line_id: UUID, now: datetime) -> None:
    """Remove a line of a locked cart. Raises CartLineNotFoundError."""
    await session.delete(await _line_of(session, cart, line_id))
    cart.line_count -= 1
    _touch(cart, now)
    await session.flush()


async def delete_cart(session: AsyncSession, cart: Cart) -> None:
    """Delete a locked cart with its lines."""
    await session.execute(delete(CartLine).where(CartLine.cart_id == cart.id))
    await session.delete(cart)
    await session.flush()


async def _line_of(session: AsyncSession, cart: Cart, line_id: UUID) -> CartLine:
    line = await session.scalar(select(CartLine).where(CartLine.id == line_id, CartLine.cart_id == cart.id))
    if line is None:
        raise CartLineNotFoundError(
            Label(
                "Le panier n’a plus cette ligne. Relisez le panier.",
                "The cart has no such line any more. Read the cart again.",
            )
        )
    return line


def _touch(cart: Cart, now: datetime) -> None:
    cart.version += 1
    cart.updated_at = now
