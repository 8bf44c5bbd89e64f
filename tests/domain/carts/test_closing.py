"""A cart is handed over to the request of a quote: as it stands once its lock is held, and once only."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from orderhub.domain.carts.adding import NewLine, add_line
from orderhub.domain.carts.closing import HandedOver, hand_over
from orderhub.domain.carts.errors import CartClosedError, CartNotFoundError, CartNotReadyError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.errors import StaleError
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.versions import Versions
from tests.domain.carts.conftest import PAGE, Basket, rendered

NOWHERE = "https://inconnu.example/table"


async def request(basket: Basket, quote_id: UUID, *, expected: Versions | None = None) -> HandedOver:
    """What the request of a quote does to its cart."""
    async with basket.database.hot_transaction() as transaction:
        handed = await hand_over(transaction, basket.caller.account_id, basket.cart_id, expected=expected)
        fields = handed.closed(quote_id, real_now())
        assert await write(transaction, Changes("carts", fields.pop("id"), handed.version, fields))
    return handed


async def test_valid_lines_go_and_the_others_are_named(basket: Basket) -> None:
    await basket.add(NOWHERE)
    await basket.add(PAGE)
    stranger, bazin = (await basket.read()).lines
    quote_id = new_id()
    handed = await request(basket, quote_id)
    assert bazin.shop is not None
    assert handed.lines == [
        {
            "id": show_id("lin", bazin.id),
            "shop": {"id": show_id("shp", bazin.shop.id), "name": "La Maison du Bazin"},
            "name": f"Bazin {PAGE}",
            "url": PAGE,
            "quantity": 1,
            "note": None,
        }
    ]
    assert handed.left_out == [{"id": show_id("lin", stranger.id), "name": f"Bazin {NOWHERE}", "code": "shop_unknown"}]
    cart = (await basket.read()).cart
    assert (cart.status, cart.quote_id, cart.version) == ("requested", quote_id, 4)


async def test_a_cart_that_was_sent_stays_as_it_is(basket: Basket) -> None:
    await basket.add()
    (line,) = (await basket.read()).lines
    await request(basket, new_id())
    before = await basket.read()
    for change in (basket.add(NOWHERE), basket.change(line.id, 2), basket.remove(line.id), basket.delete()):
        with pytest.raises(CartClosedError):
            await change
    with pytest.raises(CartClosedError):
        await request(basket, new_id())
    assert await basket.read() == before


async def test_nothing_to_quote(basket: Basket) -> None:
    with pytest.raises(CartNotReadyError) as empty:
        await request(basket, new_id())
    assert empty.value.extras == {"findings": ["cart_empty"], "lines": []}
    await basket.add(NOWHERE)
    with pytest.raises(CartNotReadyError) as refused:
        await request(basket, new_id())
    assert [line["code"] for line in refused.value.extras["lines"]] == ["shop_unknown"]
    assert (await basket.read()).cart.status == "open"


async def test_another_version_and_somebody_elses(basket: Basket) -> None:
    await basket.add()
    with pytest.raises(StaleError):
        await request(basket, new_id(), expected=frozenset({1}))
    async with basket.database.hot_transaction() as transaction:
        with pytest.raises(CartNotFoundError):
            await hand_over(transaction, new_id(), basket.cart_id)
    await request(basket, new_id(), expected=frozenset({2}))


async def test_what_was_acknowledged_before_is_handed_over(database: Database, basket: Basket) -> None:
    """Lines come while the request waits for the lock: each is in the quote, or was refused."""
    await basket.add()
    found: list[Any] = await asyncio.gather(
        *(basket.add(f"{PAGE}/{number}") for number in range(6)),
        request(basket, new_id()),
        *(basket.add(f"{PAGE}/plus/{number}") for number in range(6)),
        return_exceptions=True,
    )
    handed = found.pop(6)
    assert all(not isinstance(one, BaseException) or isinstance(one, CartClosedError) for one in found), found
    acknowledged = 1 + sum(not isinstance(one, BaseException) for one in found)
    assert len(handed.lines) == acknowledged == len((await basket.read()).lines)


async def test_a_line_of_a_full_cart_that_was_sent_is_refused_as_closed(basket: Basket) -> None:
    """What the customer has to hear first is that the cart went off."""
    await basket.add()
    async with basket.database.hot_transaction() as transaction:
        await write(transaction, Changes("carts", basket.cart_id, 2, {"line_count": 100}))
    with pytest.raises(LimitReachedError):
        await basket.add()
    await request(basket, new_id())
    with pytest.raises(CartClosedError):
        await add_line(basket.database, basket.caller, basket.cart_id, NewLine("Wax", None, 1, None, None), rendered)
