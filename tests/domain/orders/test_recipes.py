"""Whoever adds an action is told what it lacks; what a recipe calls right is taken, what it calls wrong is refused."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders import advance
from orderhub.domain.orders.clocks import BUYER, in_status
from orderhub.domain.orders.kinds.service.table import completed, delivered
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import UNASKED, By, Process, Row, Status
from orderhub.domain.refusals import GuardError
from orderhub.domain.transitions.models import ProcessEdge
from orderhub.infra.edges import Edge
from orderhub.kit.errors import InvalidError
from orderhub.kit.text import Label
from tests.kinds import RECIPES
from tests.kinds.cases import Case, each_case, each_recipe
from tests.kinds.memory import order_at
from tests.kinds.missing import missing
from tests.kinds.people import ACTORS
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


def take(case: Case, order: OrderState, said: Mapping[str, Any], now: Any) -> OrderState:
    return advance.take(order, ACTORS[case.by], case.row.action, now, command=said).order
