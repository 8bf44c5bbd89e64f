"""What carts hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.carts.models import Cart, CartLine, CartStatus
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_carts(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every cart of the person with its lines, the oldest first."""
    carts = (await session.scalars(select(Cart).where(Cart.account_id == account_id).order_by(Cart.id))).all()
    lines = await session.scalars(
        select(CartLine).where(CartLine.cart_id.in_([cart.id for cart in carts])).order_by(CartLine.place)
    )
    by_cart: dict[UUID, list[dict[str, Any]]] = {cart.id: [] for cart in carts}
    for line in lines:
        by_cart[line.cart_id].append(_line(line))
    return [
        {
            "id": show_id("crt", cart.id),
            "status": cart.status,
            "quote_id": show_id("quo", cart.quote_id) if cart.quote_id else None,
            "created_at": show_instant(cart.created_at),
            "lines": by_cart[cart.id],
        }
        for cart in carts
    ]


def _line(line: CartLine) -> dict[str, Any]:
    return {
        "id": show_id("lin", line.id),
        "shop_id": show_id("shp", line.shop_id) if line.shop_id else None,
        "name": line.name,
        "url": line.url,
        "quantity": line.quantity,
        "note": line.note,
        "created_at": show_instant(line.created_at),
    }


async def erase_carts(session: AsyncSession, account_id: UUID) -> None:
    """Delete every line and every open cart; one that was sent stays, empty, since its quote refers to it."""
    # Locked first, as whoever adds a line locks it.
    mine = select(Cart).where(Cart.account_id == account_id).order_by(Cart.id).with_for_update()
    carts = (await session.scalars(mine, execution_options={"populate_existing": True})).all()
    await session.execute(delete(CartLine).where(CartLine.cart_id.in_([cart.id for cart in carts])))
    for cart in carts:
        if cart.status == CartStatus.OPEN.value:
            await session.delete(cart)
        else:
            cart.line_count = 0
            cart.version += 1
    await session.flush()


CARTS = Holding(export_carts, erase_carts)
