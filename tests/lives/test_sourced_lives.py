"""One life per ending of a sourced order, over HTTP; together they take every row of the table."""

import pytest

from orderhub.domain.orders.kinds.sourced.table import SOURCED
from tests.lives import lives_sourced_arrived, lives_sourced_deposit, lives_sourced_under_way
from tests.lives.hub import Hub
from tests.lives.sourced_aftermath import books, documents, ledger, open_cases, refunded
from tests.lives.sourced_plays import WHO, Life, Played

LIVES: dict[str, Life] = {
    **lives_sourced_deposit.LIVES,
    **lives_sourced_under_way.LIVES,
    **lives_sourced_arrived.LIVES,
}


@pytest.mark.parametrize(
    "life",
    [
        pytest.param(life, id=name.replace(" ", "-"), marks=pytest.mark.slow if life.slow else ())
        for name, life in LIVES.items()
    ],
)
async def test_a_life(life: Life, hub: Hub) -> None:
    played = Played(hub, life)
    await played.play()
    await hub.world.settled()
    await played.read()
    order_id = played.order["id"]
    escrow = {name: amount["amount"] for name, amount in played.order["escrow"].items()}
    assert escrow == {"held": 0, "released": life.released, "refunded": life.refunded}
    assert (played.order["available_actions"], played.order["deadlines"]) == ([], [])
    lines = [line for line in life.lines if line.wait is None]
    assert await played.history() == [(line.start, line.action, WHO[line.who].value, line.to) for line in lines]
    assert sum(refund["amount"]["amount"] for refund in await refunded(hub, order_id)) == life.refunded
    assert await ledger(hub, order_id) == books("EUR", life.released, life.charged_back)
    assert tuple(document["kind"] for document in await documents(hub, order_id)) == life.documents
    kinds = [kind for kind in await open_cases(hub, order_id) if kind not in ("failed_refund", "chargeback")]
    assert tuple(kinds) == life.cases
    await hub.world.settled()


def test_every_row_is_lived() -> None:
    lived = {line.row.key for life in LIVES.values() for line in life.lines if line.wait is None}
    assert {row.key for row in SOURCED.rows} - lived == set()


def test_every_row_that_ends_an_order_ends_a_life() -> None:
    ends = {life.lines[-1].row.key for life in LIVES.values()}
    final = {
        row.key
        for row in SOURCED.rows
        if row.start and any(status.code in SOURCED.final for status in SOURCED.targets(row) if status != row.start)
    }
    assert ends == final
