"""Whoever adds an action is told what it lacks; what a recipe calls right is taken, what it calls wrong is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders import advance
from orderhub.domain.orders.clocks import BUYER, in_status
from orderhub.domain.orders.kinds.service.table import completed, delivered
from orderhub.domain.orders.kinds.sourced.details import details_of, due
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import UNASKED, By, Process, Row, Status
from orderhub.domain.refusals import GuardError
from orderhub.domain.transitions.models import ProcessEdge
from orderhub.infra.edges import Edge
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label
from tests.kinds import RECIPES
from tests.kinds.cases import Case, each_case, each_recipe
from tests.kinds.memory import order_at
from tests.kinds.missing import missing
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe


@pytest.fixture
async def edges(session: AsyncSession) -> set[Edge]:
    """What the database lets happen."""
    stored = await session.scalars(select(ProcessEdge))
    return {(edge.process, edge.from_status, edge.action, edge.to_status) for edge in stored}


def with_rows(recipe: Recipe, *rows: Row[Any], statuses: tuple[Status, ...] = ()) -> Recipe:
    table = recipe.table
    more = Process(table.name, table.statuses + statuses, table.start, table.rows + rows, table.resumable)
    return replace(recipe, kind=replace(recipe.kind, table=more))


@each_recipe
def test_no_row_lacks_anything(recipe: Recipe, edges: set[Edge]) -> None:
    assert missing(recipe, edges) == []


def test_whoever_adds_an_action_is_told_what_it_lacks(edges: set[Edge]) -> None:
    row: Row[Facts] = Row(delivered, "praise", frozenset({By.BUYER}), None, completed)
    assert missing(with_rows(RECIPES["service"], row), edges) == [
        "tests/kinds/service/commands.py: what is said with 'praise'",
        "api/schemas/orders/service/: a body whose action is 'praise'",
        "api/examples/orders/service.py: an example of 'praise'",
        "domain/orders/kinds/service/wording.py: the words for 'praise'",
        "migrations/versions/: a migration that inserts the edge 'service delivered praise completed'",
        "tests/kinds/service/: a life with the line 'delivered praise'",
    ]


def test_and_so_is_whoever_adds_a_clock_and_a_status(edges: set[Edge]) -> None:
    asleep = Status("asleep", "in_progress", Label("En sommeil", "Asleep"), Label("Rien.", "Nothing."), "grey")
    row: Row[Facts] = Row(asleep, "wake", frozenset({By.CLOCK}), None, completed, clock=in_status("approval", BUYER))
    assert missing(with_rows(RECIPES["service"], row, statuses=(asleep,)), edges) == [
        "tests/kinds/service/ways.py: the way to 'asleep'",
        "domain/orders/kinds/service/wording.py: the words for 'wake'",
        "domain/orders/kinds/service/wording.py: the reminder before 'wake'",
        "migrations/versions/: a migration that inserts the edge 'service asleep wake completed'",
        "tests/kinds/service/: a life with the line 'asleep wake'",
    ]


def said_wrongly(case: Case, right: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the recipe calls wrong, and each needed text left out; what is no text no body comes without."""
    texts = [name for name in case.row.needs if isinstance(right[name], str)]
    return [*case.recipe.commands[case.row.action].wrong, *({name: None} for name in texts)]


@each_case(ever=lambda case: case.row.start is not None and case.by not in UNASKED)
def test_what_is_said_rightly_is_taken_and_what_is_wrong_changes_nothing(case: Case) -> None:
    recipe, row = case.recipe, case.row
    order, now = order_at(case)
    right = recipe.saying(row.action, order, now)
    for wrong in said_wrongly(case, right):
        before = replace(order)
        with pytest.raises((GuardError, InvalidError)):
            take(case, order, {**right, **wrong}, now)
        assert order == before, wrong
    assert take(case, order, right, now).status in {status.code for status in recipe.table.targets(row)}


def beginnings(recipe: Recipe) -> Iterator[OrderState]:
    """Orders in each status but a dispute, which remembers one, with as much held as decides what is left."""
    table = recipe.table
    for status, number in product(sorted(table.by_code.keys() - table.final - recipe.kind.disputed), (1, 2)):
        order = recipe.walking.begin(status, number)
        asked = sum(one.amount for one in recipe.kind.due(holding(order, 0)))
        for held in {0, 1, 2, 3, order.held, *(asked - left for left in (0, 1, 2, 3, 999, 1_000, 1_001))}:
            if held >= 0:
                yield holding(order, held)


def holding(order: OrderState, held: int) -> OrderState:
    return replace(order, held=held, funds=[{"payment_id": str(new_id()), "held": held}] if held else [])


@each_recipe
def test_what_is_possible_is_taken_as_the_recipe_says_it_whatever_is_held(recipe: Recipe) -> None:
    people, tried = recipe.walking.people, Counter[str]()
    for order, by, late in product(beginnings(recipe), people, (timedelta(), timedelta(hours=700))):
        now = NOW + late
        for one in advance.available_to(order, ACTORS[by], now):
            if one.possible:
                advance.take(order, ACTORS[by], one.action, now, command=recipe.saying(one.action, order, now))
                tried[one.action] += 1
    assert tried.keys() & recipe.walking.by_chance == recipe.walking.by_chance - {"rule_split"}


def test_of_a_third_proof_a_part_of_what_two_parts_left_is_recorded() -> None:
    """Of the last minor unit but one a part may come, of the last one none."""
    recipe = RECIPES["sourced"]
    order = recipe.standing("deposit_review")
    deposit = details_of(order).deposit
    for received in (deposit - 702, 700, 1):
        assert possible(order)
        said = recipe.saying("record_part", order, NOW)
        assert 0 < said["received"]["amount"] < due(order)
        said["received"]["amount"] = received
        order = advance.take(order, ACTORS[By.FINANCE], "record_part", NOW, command=said).order
        sent = recipe.saying("submit_proof", order, NOW)
        order = advance.take(order, ACTORS[By.BUYER], "submit_proof", NOW, command=sent).order
    assert (order.held, due(order)) == (deposit - 1, 1)
    assert not possible(order)


def possible(order: OrderState) -> bool:
    found = advance.available_to(order, ACTORS[By.FINANCE], NOW)
    return next(one.possible for one in found if one.action == "record_part")


def take(case: Case, order: OrderState, said: Mapping[str, Any], now: Any) -> OrderState:
    return advance.take(order, ACTORS[case.by], case.row.action, now, command=said).order
