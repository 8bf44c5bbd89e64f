"""Reads of carts: one with its lines, in one statement; a page of them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.carts.errors import CartNotFoundError
from orderhub.domain.carts.loading import READ, VISIBLE, LoadedCart, read_loaded, with_lines
from orderhub.domain.carts.models import Cart, CartStatus
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Caller
from orderhub.infra.database import Database
from orderhub.infra.pages import newest_first, where_given
from orderhub.kit.pages import Page, PageRequest
from orderhub.kit.text import Label

_WITH_LINES = with_lines()


async def read(database: Database, caller: Caller, cart_id: UUID) -> LoadedCart:
    """A cart for its account, in one statement. Raises UnauthenticatedError, CartNotFoundError."""
    rows = await database.rows(READ, {"cart_id": cart_id, **caller.values()})
    if not rows:
        await diagnosis.require_alive(database, caller)
        raise _not_found()
    return read_loaded(rows)


async def require_visible(database: Database, caller: Caller, cart_id: UUID) -> None:
    """Raises CartNotFoundError where the cart isn't the caller's."""
    if await database.row(VISIBLE, {"cart_id": cart_id, **caller.values()}) is None:
        raise _not_found()


async def load(session: AsyncSession, cart_id: UUID, account_id: UUID) -> LoadedCart:
    """The same within a unit of work. Raises CartNotFoundError."""
    await session.flush()
    rows = (await session.execute(_WITH_LINES, {"cart_id": cart_id, "account_id": account_id})).all()
    if not rows:
        raise _not_found()
    return read_loaded(rows)


async def own_cart(session: AsyncSession, cart_id: UUID, account_id: UUID) -> Cart:
    """A cart of this account, locked. Raises CartNotFoundError, for somebody else's as for none."""
    wanted = select(Cart).where(Cart.id == cart_id, Cart.account_id == account_id).with_for_update()
    cart = await session.scalar(wanted, execution_options={"populate_existing": True})
    if cart is None:
        raise _not_found()
    return cart


async def carts_of(session: AsyncSession, account_id: UUID, page: PageRequest, status: CartStatus | None) -> Page[Cart]:
    """An account's carts, the newest first."""
    wanted = where_given((Cart.status, status and status.value))
    return await newest_first(session, Cart, page, Cart.account_id == account_id, *wanted)


def _not_found() -> CartNotFoundError:
    return CartNotFoundError(Label("Voyez les vôtres à GET /v1/carts.", "See GET /v1/carts for your own."))
