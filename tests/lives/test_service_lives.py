"""One life per ending of a service order, over HTTP; together they take every row of the table."""

import pytest

from orderhub.domain.orders.kinds.service.table import SERVICE
from tests.lives import lives_at_work, lives_before_work, lives_disputed
from tests.lives.plays import WHO, Life, Played
from tests.lives.world import Person, World

LIVES: dict[str, Life] = {**lives_before_work.LIVES, **lives_at_work.LIVES, **lives_disputed.LIVES}


@pytest.mark.parametrize("life", LIVES.values(), ids=[name.replace(" ", "-") for name in LIVES])
async def test_a_life(life: Life, world: World, awa: Person, bruno: Person, chloe: Person) -> None:
    played = Played(world, awa, bruno, chloe)
    await played.play(life)
    await world.settled()
    await played.read()
    escrow = {name: amount["amount"] for name, amount in played.order["escrow"].items()}
    assert escrow == {"held": 0, "released": life.released, "refunded": life.refunded}
    assert (played.order["available_actions"], played.order["deadlines"]) == ([], [])
    lines = [line for line in life.lines if line.wait is None]
    assert await played.history() == [(line.start, line.action, WHO[line.who].value, line.to) for line in lines]
    balance = (await bruno.ask("GET", "/me/balance"))["data"]
    assert sum(found["clearing"]["amount"] for found in balance) == life.released * 9 // 10


def test_every_row_is_lived() -> None:
    lived = {line.row.key for life in LIVES.values() for line in life.lines if line.wait is None}
    assert {row.key for row in SERVICE.rows} - lived == set()


def test_every_final_status_is_reached_by_every_row_that_leads_to_it() -> None:
    ends = {life.lines[-1].row.key for life in LIVES.values()}
    final = {
        row.key
        for row in SERVICE.rows
        if row.start and any(status.code in SERVICE.final for status in SERVICE.targets(row) if status != row.start)
    }
    assert final == ends
