"""A forecast is what the clocks then do: held to walks through each table, and to nothing that waits for staff."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.forecast import MAX_STEPS, forecast
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.process import By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.timers import ROW
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id
from tests.kinds import RECIPES
from tests.kinds.people import ACTORS, NOW
from tests.kinds.service.orders import paid
from tests.kinds.sourced.orders import on_the_way

BEGINNINGS = [
    (kind, row.start.code)
    for kind, recipe in RECIPES.items()
    for row in recipe.table.rows
    if row.start and row.start.code not in recipe.kind.disputed
]
"""A dispute is walked to: it remembers the status that it left."""
Done = tuple[datetime, str, str, int, int, int]


def walked(kind: str, status: str, steps: list[tuple[By, int, int]]) -> tuple[OrderState, datetime]:
    """An order after people and time did this and that to it: whatever of it the table takes."""
    recipe = RECIPES[kind]
    order, now = recipe.standing(status), NOW
    actions = sorted({row.action for row in recipe.table.rows} - {"place"})
    for by, which, hours in steps:
        action = actions[which % len(actions)]
        said = recipe.saying(action, order, now)
        payment = PaymentFacts(new_id(), None, order.total, order.currency) if by is By.PROVIDER else None
        with suppress(TransitionError, GuardError, NotYoursError, InvalidError):
            order = advance.take(order, ACTORS[by], action, now, command=said, payment=payment).order
        order, now, _ = ticked(order, now, now + timedelta(hours=hours))
    return order, now


def ticked(order: OrderState, now: datetime, until: datetime) -> tuple[OrderState, datetime, list[Done]]:
    """Business time passes as the worker lets it: the timer that is due first fires; refused, it goes."""
    done: list[Done] = []
    gone: set[tuple[str, UUID | None, datetime]] = set()
    while True:
        due = [t for t in timers.running(order) if t.kind == ROW and t.due <= until]
        waiting = [t for t in due if (t.action, t.request_id, t.anchor) not in gone]
        if not waiting:
            return order, until, done
        timer = min(waiting, key=lambda t: t.due)
        now = max(now, timer.due)
        try:
            actor = ACTORS[By.CLOCK]
            change = advance.take(order, actor, timer.action, now, command={}, request_id=timer.request_id)
        except (TransitionError, GuardError):
            gone.add((timer.action, timer.request_id, timer.anchor))
            continue
        order = change.order
        done.append((now, timer.action, order.status, order.held, order.released, order.refunded))


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(BEGINNINGS),
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTORS)), st.integers(0, 200), st.sampled_from((0, 1, 30, 100, 800))),
        max_size=12,
    ),
)
def test_over_a_thousand_walks_the_clocks_do_what_was_forecast(
    beginning: tuple[str, str], steps: list[tuple[By, int, int]]
) -> None:
    order, now = walked(*beginning, steps)
    foreseen = [
        (step.at, step.action, step.order.status, step.order.held, step.order.released, step.order.refunded)
        for step in forecast(order, now)
    ]
    assert len(foreseen) < MAX_STEPS
    assert foreseen == ticked(order, now, now + timedelta(days=2_000))[2]
    assert order.version + len(foreseen) == (forecast(order, now)[-1].order.version if foreseen else order.version)


def test_what_waits_for_staff_has_no_forecast() -> None:
    assert forecast(on_the_way("deposit_review"), NOW) == ()


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=30)])
def test_what_is_overdue_comes_at_once(late: timedelta) -> None:
    order = paid("delivered", delivered_at=NOW)
    (step,) = forecast(order, NOW + late)
    at = max(NOW + timedelta(days=7), NOW + late)
    assert (step.at, step.action, step.order.status) == (at, "auto_approve", "completed")
    assert (step.order.held, step.order.released) == (0, 12_000)
