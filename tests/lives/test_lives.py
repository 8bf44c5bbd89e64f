"""One life per ending of an order of each kind, over HTTP; together they take every row of its table."""

import pytest

from tests.kinds import RECIPES
from tests.kinds.cases import each_recipe
from tests.kinds.recipe import Recipe
from tests.lives.aftermath import documents, ledger, open_cases, refunded
from tests.lives.hub import Hub
from tests.lives.plays import WHO, Life
from tests.lives.world import Person

BY_HAND = {"failed_refund", "chargeback"}
"""Cases about money that finance pays back by hand, or whose bank has not decided."""


@pytest.mark.parametrize(
    ("recipe", "life"),
    [
        pytest.param(
            recipe, life, id=f"{recipe.name}-{name.replace(' ', '-')}", marks=pytest.mark.slow if life.slow else ()
        )
        for recipe in RECIPES.values()
        for name, life in recipe.lives.items()
    ],
)
async def test_a_life(recipe: Recipe, life: Life, hub: Hub, bruno: Person) -> None:
    played = recipe.played(hub, bruno, life)
    await played.play()
    await hub.world.settled()
    await played.read()
    order_id = played.order["id"]
    escrow = {name: amount["amount"] for name, amount in played.order["escrow"].items()}
    assert escrow == {"held": 0, "released": life.released, "refunded": life.refunded}
    assert (played.order["available_actions"], played.order["deadlines"]) == ([], [])
    assert await played.history() == [(line.start, line.action, WHO[line.who].value, line.to) for line in life.taken]
    assert sum(refund["amount"]["amount"] for refund in await refunded(hub, order_id)) == life.refunded
    assert await ledger(hub, order_id) == list(recipe.books(life))
    assert tuple(document["kind"] for document in await documents(hub, order_id)) == life.documents
    assert tuple(kind for kind in await open_cases(hub, order_id) if kind not in BY_HAND) == life.cases
    await played.ends_well()
    await hub.world.settled()


@each_recipe
def test_every_row_is_lived(recipe: Recipe) -> None:
    lived = {line.row(recipe.table).key for life in recipe.lives.values() for line in life.taken}
    assert {row.key for row in recipe.table.rows} - lived == set()


@each_recipe
def test_every_row_that_ends_an_order_ends_a_life(recipe: Recipe) -> None:
    table = recipe.table
    ends = {life.lines[-1].row(table).key for life in recipe.lives.values()}
    final = {
        row.key
        for row in table.rows
        if row.start and any(status.code in table.final for status in table.targets(row) if status != row.start)
    }
    assert final == ends
