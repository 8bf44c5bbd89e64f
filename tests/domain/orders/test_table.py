"""The service table itself: its shape, what it refuses, and that the database has the same edges."""

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders import advance
from orderhub.domain.orders.processes.service import SERVICE
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import STAFF, By, Edge, Process, Row, Target
from orderhub.domain.processes import PROCESSES
from orderhub.domain.refusals import NotYoursError, TransitionError
from orderhub.domain.transitions.models import ProcessEdge
from tests.domain.orders.making import ACTORS, NOW, command, paid

ALL = pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)


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
    reached = {process.start, *process.also_starts} | {s for row in process.rows for s in process.targets(row)}
    left = {row.start for row in process.rows if row.start and row.to is not Target.SAME}
    assert reached == set(process.statuses)
    assert {status for status in process.statuses if not status.final} <= left
    assert not any(status.final for status in left if status)


@ALL
def test_every_status_leads_to_an_end(process: Process[object]) -> None:
    ends = {status.code for status in process.statuses if status.final}
    before = -1
    while before != len(ends):
        before = len(ends)
        ends |= {
            row.start.code
            for row in process.rows
            if row.start and any(status.code in ends for status in process.targets(row))
        }
    assert ends == {status.code for status in process.statuses}


def test_clocks_stand_on_clock_rows_and_nowhere_else() -> None:
    for row in SERVICE.rows:
        assert (row.clock is not None) == (row.by == {By.CLOCK}), row.key


def test_each_wait_but_that_for_staff_has_a_clock() -> None:
    waits = {status.code for status in SERVICE.statuses if not status.final} - {"disputed"}
    assert waits == {row.start.code for row in SERVICE.rows if row.clock and row.start}


def test_guards_that_share_the_rest_exclude_each_other() -> None:
    order = paid("awaiting_payment", held=0, funds=[])
    groups: dict[tuple[object, ...], list[Row[Facts]]] = {}
    for row in SERVICE.rows:
        for by in row.by:
            groups.setdefault((row.start, row.action, by), []).append(row)
    shared = [rows for rows in groups.values() if len(rows) > 1]
    assert shared, "the payment's two rows share from, action and by"
    for rows in shared:
        for missing in (False, True):
            order.instructions_missing = missing
            payment = advance.PaymentFacts(order.id, None, order.total, "EUR")
            facts = Facts(order, NOW, ACTORS[By.PROVIDER], {}, payment)
            assert sum(row.guard is None or row.guard.holds(facts) for row in rows) == 1


def test_everything_that_is_not_a_row_is_refused() -> None:
    actions = sorted({row.action for row in SERVICE.rows})
    tried = 0
    for status, action, by in product(SERVICE.statuses, actions, ACTORS):
        rows = SERVICE.rows_of(status.code, action)
        if any(by in row.by for row in rows):
            continue
        order = paid(status.code, final_at=NOW if status.final else None, resume_status=None)
        with pytest.raises((TransitionError, NotYoursError)):
            advance.advance(order, ACTORS[by], action, NOW, command=command(action))
        tried += 1
    assert tried > 3_000


def test_staff_rows_name_one_role() -> None:
    for row in SERVICE.rows:
        if row.by & STAFF:
            assert len(row.by) == 1, row.key


async def test_the_database_has_the_same_edges(session: AsyncSession) -> None:
    stored = {
        Edge(edge.process, edge.from_status, edge.action, edge.to_status)
        for edge in await session.scalars(select(ProcessEdge))
    }
    assert stored == {edge for process in PROCESSES.values() for edge in process.edges()}
