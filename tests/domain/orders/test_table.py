"""The tables themselves: their shape, what they refuse, and that the database has the same edges."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import permutations, product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders import advance, clocks
from orderhub.domain.orders.kinds import KINDS, durations
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import STAFF, By, Edge, Process, Row, Target
from orderhub.domain.processes import PROCESSES
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.refusals import NotYoursError, TransitionError
from orderhub.domain.transitions.models import ProcessEdge
from tests.kinds import RECIPES
from tests.kinds.cases import each_recipe
from tests.kinds.people import ACTORS, NOW
from tests.kinds.recipe import Recipe
from tests.kinds.sourced.orders import a_sourced_order

ALL = pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)
TABLES = [*(recipe.table for recipe in RECIPES.values()), QUOTE]
TIMED = pytest.mark.parametrize("process", TABLES, ids=lambda process: process.name)


def test_a_row_written_twice_is_refused() -> None:
    row: Row[Facts] = SERVICE.rows[0]
    with pytest.raises(ValueError, match="written twice"):
        Process("twice", SERVICE.statuses, SERVICE.start, (row, row))


@ALL
def test_every_status_is_reached_and_left(process: Process[object]) -> None:
    reached = {process.start} | {s for row in process.rows for s in process.targets(row)}
    left = {row.start for row in process.rows if row.start and row.to is not Target.SAME}
    assert reached == set(process.statuses)
    assert {status.code for status in process.statuses} - {status.code for status in left if status} == process.final
    assert process.final >= process.fulfilled


RESTING = {"refund": {"succeeded"}}
"""Where something stays for good, although the provider may still take it back."""


@ALL
def test_every_status_leads_to_an_end(process: Process[object]) -> None:
    ends = process.final | RESTING.get(process.name, set())
    before = -1
    while before != len(ends):
        before = len(ends)
        ends |= {
            row.start.code
            for row in process.rows
            if row.start and any(status.code in ends for status in process.targets(row))
        }
    assert ends == {status.code for status in process.statuses}


@TIMED
def test_clocks_stand_on_clock_rows_and_nowhere_else(process: Process[Any]) -> None:
    for row in process.rows:
        assert (row.clock is not None) == (row.by == {By.CLOCK}), row.key


@each_recipe
def test_each_wait_but_that_for_staff_has_a_clock(recipe: Recipe) -> None:
    table = recipe.table
    timed = {row.start.code for row in table.rows if row.clock and row.start}
    assert timed == (table.by_code.keys() - table.final - recipe.for_staff) | recipe.when_asked


def test_a_quote_that_waits_for_its_buyer_has_a_clock() -> None:
    assert {row.start.code for row in QUOTE.rows if row.clock and row.start} == {"issued"}


def shared(process: Process[Any]) -> list[list[Row[Any]]]:
    """Rows that have from, action and by in common."""
    groups: dict[tuple[object, ...], list[Row[Any]]] = {}
    for row in process.rows:
        for by in row.by:
            groups.setdefault((row.start, row.action, by), []).append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


@each_recipe
def test_guards_that_share_the_rest_exclude_each_other(recipe: Recipe) -> None:
    for rows in shared(recipe.table):
        for facts in recipe.alternatives(rows[0]):
            holding = [row for row in rows if row.guard is None or row.guard.holds(facts)]
            assert len(holding) == 1, (rows[0].key, facts.order)


def test_rows_that_share_the_rest_are_found() -> None:
    found = {process.name: {rows[0].action for rows in shared(process)} for process in TABLES[:2]}
    of_sourced = {"decline_change", "lapse_change", "issue_final_invoice", "win_charge_back"}
    assert found == {"service": {"confirm_payment"}, "sourced": of_sourced}


def test_no_rows_of_a_quote_share_the_rest() -> None:
    assert shared(QUOTE) == []


@each_recipe
def test_everything_that_is_not_a_row_is_refused(recipe: Recipe) -> None:
    table = recipe.table
    triples = list(product(table.by_code, sorted({row.action for row in table.rows}), By))
    taken = {(row.start.code, row.action, by) for row in table.rows if row.start for by in row.by}
    left = [triple for triple in triples if triple not in taken]
    for status, action, by in left:
        order = recipe.standing(status)
        with pytest.raises((TransitionError, NotYoursError)):
            advance.take(order, ACTORS[by], action, NOW, command=recipe.saying(action, order, NOW))
    assert len(left) > len(taken)


@pytest.mark.parametrize(("recipe", "other"), list(permutations(RECIPES.values(), 2)), ids=lambda recipe: recipe.name)
def test_an_action_of_another_table_is_refused(recipe: Recipe, other: Recipe) -> None:
    theirs = {row.action for row in other.table.rows} - {row.action for row in recipe.table.rows}
    their_order = other.standing(other.table.start.code)
    for status, action, by in product(recipe.table.by_code, sorted(theirs), By):
        said = other.saying(action, their_order, NOW)
        with pytest.raises(NotYoursError):
            advance.take(recipe.standing(status), ACTORS[by], action, NOW, command=said)


def test_a_deposit_may_be_paid_until_the_validity_ends_and_for_72_hours_at_least() -> None:
    (row,) = (row for row in SOURCED.rows_from("awaiting_deposit") if row.clock)
    assert row.clock is not None
    order = a_sourced_order()
    assert [deadline.due for deadline in row.clock.deadlines(order)] == [NOW + timedelta(days=7)]
    later = replace(order, clock_anchor=NOW + timedelta(days=6))
    assert [deadline.due for deadline in row.clock.deadlines(later)] == [NOW + timedelta(days=9)]


@ALL
def test_staff_rows_name_one_role(process: Process[Any]) -> None:
    for row in process.rows:
        assert len(row.by & STAFF) <= 1, row.key


async def test_the_database_has_the_same_edges(session: AsyncSession) -> None:
    stored = {
        Edge(edge.process, edge.from_status, edge.action, edge.to_status)
        for edge in await session.scalars(select(ProcessEdge))
    }
    assert stored == {edge for process in PROCESSES.values() for edge in process.edges()}


def test_a_clock_counts_durations_of_its_own_kind_or_of_all() -> None:
    shared = clocks.DURATIONS.keys()
    for kind in KINDS.values():
        named = {name for row in kind.table.rows if row.clock for name in row.clock.durations}
        assert kind.durations.keys() <= named <= kind.durations.keys() | shared
        assert not kind.durations.keys() & shared
    owners = Counter(name for kind in KINDS.values() for name in kind.durations)
    assert set(owners.values()) == {1}
    assert durations().keys() >= owners.keys() | shared
