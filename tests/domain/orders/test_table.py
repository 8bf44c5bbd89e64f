"""The tables themselves: their shape, what they refuse, and that the database has the same edges."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders import advance
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.facts import sourcing_of
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import STAFF, By, Edge, Process, Row, Target
from orderhub.domain.processes import PROCESSES
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.refusals import NotYoursError, TransitionError
from orderhub.domain.transitions.models import ProcessEdge
from tests.domain.orders.making import ACTORS, NOW, command, paid
from tests.domain.orders.sourced import a_sourced_order, on_the_way, sourced_command, with_change

ALL = pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)
TIMED = pytest.mark.parametrize("process", [SERVICE, SOURCED, QUOTE], ids=lambda process: process.name)
FOR_STAFF = {
    "service": {"disputed"},
    "sourced": {
        "disputed",
        "deposit_review",
        "balance_review",
        "confirmed",
        "purchased",
        "in_transit",
        "arrived",
    },
    "quote": {"requested", "in_preparation", "changes_requested"},
}
"""What waits for staff has no clock (docs/rules.md, Clocks)."""
WHEN_ASKED = {"sourced": {"confirmed", "purchased"}}
"""Whose clocks belong to a request that is pending."""
OVER = {"quote": {"expired"}}
"""Not final, but nobody is waited for: it can be renewed."""
Making = Callable[[str], tuple[OrderState, Mapping[str, Any]]]


@ALL
def test_keys_are_unique(process: Process[object]) -> None:
    keys = [row.key for row in process.rows]
    assert len(keys) == len(set(keys))


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


@TIMED
def test_each_wait_but_that_for_staff_has_a_clock(process: Process[Any]) -> None:
    name = process.name
    waits = process.by_code.keys() - process.final - FOR_STAFF[name] - OVER.get(name, set())
    timed = {row.start.code for row in process.rows if row.clock and row.start}
    assert timed == waits | WHEN_ASKED.get(name, set())


def shared(process: Process[Any]) -> list[list[Row[Any]]]:
    """Rows that have from, action and by in common."""
    groups: dict[tuple[object, ...], list[Row[Any]]] = {}
    for row in process.rows:
        for by in row.by:
            groups.setdefault((row.start, row.action, by), []).append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


def test_guards_that_share_the_rest_exclude_each_other() -> None:
    order = paid("awaiting_payment", held=0, funds=[])
    assert shared(SERVICE), "the payment's two rows share from, action and by"
    for rows in shared(SERVICE):
        for missing in (False, True):
            order.instructions_missing = missing
            payment = advance.PaymentFacts(order.id, None, order.total, "EUR")
            facts = Facts(order, NOW, ACTORS[By.PROVIDER], {}, payment)
            assert sum(row.guard is None or row.guard.holds(facts) for row in rows) == 1


def test_so_do_those_of_sourced_orders() -> None:
    found = shared(SOURCED)
    assert {row.action for rows in found for row in rows} == {
        "decline_change",
        "lapse_change",
        "issue_final_invoice",
        "win_charge_back",
    }
    for rows in found:
        for order in alternatives(rows[0]):
            facts = Facts(order, NOW, ACTORS[By.BUYER], sourced_command(rows[0].action, order))
            holding = [row for row in rows if row.guard is None or row.guard.holds(facts)]
            assert len(holding) == 1, (rows[0].key, order)


def alternatives(row: Row[Any]) -> list[OrderState]:
    """Orders that differ in what the guards of such rows look at."""
    assert row.start is not None
    order = on_the_way(row.start.code)
    if row.action == "issue_final_invoice":
        return [replace(order, held=order.total + more) for more in (-1, 0, 1)]
    if row.action == "win_charge_back":
        return [order, replace(order, sourcing=sourcing_of(order) | {"invoice": {"total": order.total}})]
    return [with_change(order), with_change(replace(order, lines=order.lines[:1]))]


def test_no_rows_of_a_quote_share_the_rest() -> None:
    assert shared(QUOTE) == []


def of_service(status: str) -> tuple[OrderState, Mapping[str, Any]]:
    final = status in SERVICE.final
    return paid(status, final_at=NOW if final else None, resume_status=None), command("")


def of_sourced(status: str) -> tuple[OrderState, Mapping[str, Any]]:
    final = status in SOURCED.final
    order = on_the_way(status, final_at=NOW if final else None)
    return order, sourced_command("", order)


@pytest.mark.parametrize(
    ("process", "make", "least"),
    [(SERVICE, of_service, 3_000), (SOURCED, of_sourced, 5_500)],
    ids=["service", "sourced"],
)
def test_everything_that_is_not_a_row_is_refused(process: Process[Facts], make: Making, least: int) -> None:
    actions = sorted({row.action for row in process.rows})
    tried = 0
    for status, action, by in product(process.statuses, actions, ACTORS):
        rows = process.rows_of(status.code, action)
        if any(by in row.by for row in rows):
            continue
        order, said = make(status.code)
        with pytest.raises((TransitionError, NotYoursError)):
            advance.advance(order, ACTORS[by], action, NOW, command={**said, "action": action})
        tried += 1
    assert tried > least


def test_an_action_of_another_table_is_refused() -> None:
    others = {row.action for row in SERVICE.rows} - {row.action for row in SOURCED.rows}
    for status, action, by in product(SOURCED.statuses, sorted(others), ACTORS):
        order, said = of_sourced(status.code)
        with pytest.raises(NotYoursError):
            advance.advance(order, ACTORS[by], action, NOW, command=said)


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
