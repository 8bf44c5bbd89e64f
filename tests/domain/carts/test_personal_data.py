"""Carts in the export of a person, and what an erasure leaves of them."""

import pytest
from sqlalchemy import func, select

from orderhub.domain.accounts import personal_data
from orderhub.domain.accounts.models import Account
from orderhub.domain.carts.errors import CartNotFoundError
from orderhub.domain.carts.models import Cart, CartLine
from orderhub.domain.overviews.persons import register_all
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.domain.carts.conftest import PAGE, Basket, Fill
from tests.domain.carts.test_closing import request


async def test_export(database: Database, basket: Basket) -> None:
    register_all()
    await basket.add()
    (line,) = (await basket.read()).lines
    async with database.session() as session:
        account = await session.get_one(Account, basket.caller.account_id)
        exported = await personal_data.export_person(session, account)
    (cart,) = exported["carts"]
    assert (cart["id"], cart["status"], cart["quote_id"]) == (show_id("crt", basket.cart_id), "open", None)
    assert [(one["id"], one["url"], one["quantity"]) for one in cart["lines"]] == [(show_id("lin", line.id), PAGE, 1)]


async def test_erasure_keeps_no_more_than_that_a_quote_had_a_cart(database: Database, new_basket: Fill) -> None:
    register_all()
    still_open, sent = await new_basket(), await new_basket()
    for basket in (still_open, sent):
        await basket.add()
    quote_id = new_id()
    await request(sent, quote_id)
    async with database.session() as session:
        await personal_data.erase_holdings(session, sent.caller.account_id)
    with pytest.raises(CartNotFoundError):
        await still_open.read()
    left = await sent.read()
    assert (left.cart.status, left.cart.quote_id, left.lines) == ("requested", quote_id, [])
    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(CartLine)) == 0
        assert (await session.scalars(select(Cart.line_count))).all() == [0]
