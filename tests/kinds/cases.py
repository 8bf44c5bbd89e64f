"""Every row of every kind's table with everybody who takes it, as parameters of tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest

from orderhub.domain.orders.guards import OPENED_IT
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Row
from tests.kinds import RECIPES
from tests.kinds.recipe import Recipe


@dataclass(frozen=True)
class Case:
    """One row of a kind's table, taken by one of those who may."""

    recipe: Recipe
    row: Row[Facts]
    by: By

    @property
    def name(self) -> str:
        """What a test of it is called."""
        return f"{self.recipe.name}-{name_of(self.row, self.by)}"

    @property
    def is_first(self) -> bool:
        """Whether nobody else of the same row comes before."""
        return self.by is actor_of(self.row)

    @property
    def steps(self) -> tuple[str, ...]:
        """The way to it. Whoever takes back a dispute has opened it."""
        own = self.row.guard is OPENED_IT
        return tuple(
            f"{self.by} open_dispute" if own and step.endswith(" open_dispute") else step
            for step in self.recipe.way_to(self.row)
        )


def name_of(row: Row[Any], by: By) -> str:
    """What a test of this row is called, whatever its table."""
    start = row.start.code if row.start else "nothing"
    guard = row.guard.code if row.guard else ""
    return "-".join(filter(None, (start, row.action, by.value, guard)))


def actor_of(row: Row[Any]) -> By:
    """Who takes it where one is enough; the buyer where somebody else may, too."""
    return min(row.by)


def cases() -> Iterator[Case]:
    """Every row and actor, kind by kind."""
    for recipe in RECIPES.values():
        for row in recipe.table.rows:
            for by in sorted(row.by - recipe.elsewhere):
                yield Case(recipe, row, by)


def each_case(
    *, ever: Callable[[Case], bool] = lambda _: True, slow: Callable[[Case], bool] = lambda _: False
) -> pytest.MarkDecorator:
    """A test of each case that ``ever`` lets in."""
    found = [case for case in cases() if ever(case)]
    marked = [pytest.param(case, id=case.name, marks=pytest.mark.slow if slow(case) else ()) for case in found]
    return pytest.mark.parametrize("case", marked)


each_recipe: Final = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
