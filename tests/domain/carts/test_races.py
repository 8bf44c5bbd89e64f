"""Two devices at once, on PostgreSQL: whoever adds, changes, removes and deletes, one whole cart is left, or none."""

import asyncio
import random
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from orderhub.domain.carts import service
from orderhub.domain.carts.errors import CartLineNotFoundError, CartNotFoundError
from orderhub.domain.carts.models import Cart, CartLine
from orderhub.domain.carts.rules import MAX_LINES
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.infra.idempotency import KeyInUseError
from orderhub.kit.errors import StaleError
from tests.domain.carts.conftest import PAGE, Basket, Fill
from tests.making.waits import holding, until_waiting

CROWD = 8


async def at_once(*doings: Any) -> list[Any]:
    """Start them together; what came of each, refusals included."""
    return await asyncio.gather(*doings, return_exceptions=True)


async def added(basket: Basket, *pages: str) -> list[UUID]:
    for page in pages:
        await basket.add(f"{PAGE}/{page}")
    return [line.id for line in (await basket.read()).lines]


async def require_whole(database: Database) -> None:
    """Every cart counts its lines, no line is without its cart, and no place is given twice."""
    async with database.session() as session:
        counted = select(func.count()).where(CartLine.cart_id == Cart.id).scalar_subquery()
        assert (await session.scalars(select(Cart.id).where(Cart.line_count != counted))).all() == []
        beyond = select(CartLine.id).join(Cart, Cart.id == CartLine.cart_id).where(CartLine.place > Cart.last_place)
        assert (await session.scalars(beyond)).all() == []
        assert (
            await session.execute(text("SELECT 1 FROM cart_lines GROUP BY cart_id, place HAVING count(*) > 1"))
        ).all() == []


async def test_everybody_adds(basket: Basket, database: Database) -> None:
    answers = await at_once(*(basket.add(f"{PAGE}/{number}") for number in range(CROWD)))
    loaded = await basket.read()
    assert {answer.body for answer in answers} == {line.id.hex.encode() for line in loaded.lines}
    assert sorted(answer.headers["ETag"] for answer in answers) == [f'"{2 + number}"' for number in range(CROWD)]
    assert (len(loaded.lines), loaded.cart.version) == (CROWD, 1 + CROWD)
    await require_whole(database)


async def test_the_same_line_many_times_at_once(basket: Basket, database: Database) -> None:
    """All wait for the cart; each that comes is told of the one before."""
    async with holding(database, "SELECT 1 FROM carts FOR UPDATE"):
        adding = [asyncio.create_task(basket.add(key=f"clé {number}" if number % 2 else None)) for number in range(8)]
        await until_waiting(database, len(adding))
    answers = await asyncio.gather(*adding)
    assert sorted(b"twice" in answer.body for answer in answers) == [False] + [True] * (len(adding) - 1)


async def test_the_last_place_is_given_once(basket: Basket, database: Database) -> None:
    await added(basket, *map(str, range(MAX_LINES - 2)))
    found = await at_once(*(basket.add(f"{PAGE}/encore/{number}") for number in range(CROWD)))
    assert Counter(type(one).__name__ for one in found) == {"Answer": 2, LimitReachedError.__name__: CROWD - 2}
    assert len((await basket.read()).lines) == MAX_LINES
    await require_whole(database)


async def test_a_line_is_changed_and_removed(new_basket: Fill, database: Database) -> None:
    ends: Counter[str] = Counter()
    for number in range(12):
        basket = await new_basket()
        (line_id,) = await added(basket, "a")
        doings = [basket.change(line_id, 5), basket.remove(line_id)]
        changed, removed = (await at_once(*doings)) if number % 2 else reversed(await at_once(*reversed(doings)))
        assert removed is None
        assert changed is None or isinstance(changed, CartLineNotFoundError)
        ends["changed first" if changed is None else "gone"] += 1
        loaded = await basket.read()
        assert (loaded.lines, loaded.cart.version) == ([], 4 if changed is None else 3)
    assert sum(ends.values()) == 12
    await require_whole(database)


async def test_two_change_the_same_line(basket: Basket) -> None:
    (line_id,) = await added(basket, "a")
    await asyncio.gather(*(basket.change(line_id, quantity) for quantity in range(2, 2 + CROWD)))
    loaded = await basket.read()
    assert loaded.lines[0].quantity in range(2, 2 + CROWD)
    assert loaded.cart.version == 2 + CROWD


async def test_both_looked_at_the_same_version(basket: Basket) -> None:
    found = await at_once(*(basket.add(f"{PAGE}/{number}", expected=frozenset({1})) for number in range(CROWD)))
    stale = [one for one in found if isinstance(one, StaleError)]
    assert len(stale) == CROWD - 1
    assert len((await basket.read()).lines) == 1


async def test_a_cart_is_deleted_while_lines_are_added(new_basket: Fill, database: Database) -> None:
    for _ in range(8):
        basket = await new_basket()
        (line_id,) = await added(basket, "a")
        doings = [basket.add(f"{PAGE}/{number}") for number in range(3)]
        doings += [basket.delete(), basket.remove(line_id), basket.change(line_id, 3)]
        random.shuffle(doings)
        for one in await at_once(*doings):
            assert not isinstance(one, BaseException) or isinstance(one, CartNotFoundError | CartLineNotFoundError), one
        with pytest.raises(CartNotFoundError):
            await basket.read()
        async with database.session() as session:
            left = select(func.count()).select_from(CartLine).where(CartLine.cart_id == basket.cart_id)
            assert await session.scalar(left) == 0


async def test_a_key_in_parallel_adds_one_line(basket: Basket, database: Database) -> None:
    found = await at_once(*(basket.add(key="une fois") for _ in range(CROWD)))
    answers = [one for one in found if not isinstance(one, BaseException)]
    assert all(isinstance(one, KeyInUseError) for one in found if isinstance(one, BaseException)), found
    assert len({answer.body for answer in answers}) == 1
    assert [answer.replayed for answer in answers].count(False) == 1
    again = await basket.add(key="une fois")
    assert (again.replayed, again.status, again.headers) == (True, 201, {"ETag": '"2"'})
    assert len((await basket.read()).lines) == 1
    await require_whole(database)


async def test_the_usual_cart_is_opened_once(database: Database, basket: Basket) -> None:
    account_id = basket.caller.account_id

    async def open_usual() -> tuple[UUID, bool]:
        async with database.session() as session:
            return await service.create_cart(session, account_id, separate=False, now=await business_now(session))

    found = await asyncio.gather(*(open_usual() for _ in range(CROWD)))
    assert len({cart_id for cart_id, _ in found}) == 1
    assert [is_new for _, is_new in found].count(True) == 1


async def test_two_devices_do_what_comes_to_their_mind(new_basket: Fill, database: Database) -> None:
    """Some carts and a crowd: afterwards versions, counts and places are those of what was acknowledged."""
    baskets = [await new_basket() for _ in range(3)]
    done: Counter[int] = Counter()

    async def device(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - which change, not a secret
        for turn in range(12):
            place = chance.randrange(len(baskets))
            basket = baskets[place]
            lines = (await basket.read()).lines
            line_id = chance.choice(lines).id if lines else None
            doing = chance.choice(("add", "add", "change", "remove"))
            try:
                if doing == "add" or line_id is None:
                    await basket.add(f"{PAGE}/{seed}/{turn}", key=f"{seed} {turn}")
                elif doing == "change":
                    await basket.change(line_id, chance.randint(1, 9))
                else:
                    await basket.remove(line_id)
            except CartLineNotFoundError:
                continue
            done[place] += 1

    await asyncio.gather(*(device(seed) for seed in range(CROWD)))
    for place, basket in enumerate(baskets):
        assert (await basket.read()).cart.version == 1 + done[place]
    await require_whole(database)
