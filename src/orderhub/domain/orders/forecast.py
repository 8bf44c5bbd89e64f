"""What clocks and money will do with an order if nobody acts. Pure: the table, walked by its clocks alone.

for step in forecast(order, now):
print(step.at, step.action, step.order.status)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.advance import CLOCK
from orderhub.domain.orders.state import OrderState
from orderhub.domain.refusals import GuardError, TransitionError
from orderhub.domain.transitions.timers import ROW, Running

MAX_STEPS: Final = 50
"""More than any order can have: every step closes a wait, and a clock opens none that it has closed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row that a clock will take, and the order after it."""

    at: datetime
    action: str
    order: OrderState


def forecast(order: OrderState, now: datetime) -> tuple[Step, ...]:
    """Every step from ``now`` on, in the order of their instants: what is overdue comes at once."""
    return tuple(step for step, _ in zip(_steps(order, now), range(MAX_STEPS), strict=False))


def _steps(order: OrderState, now: datetime) -> Iterator[Step]:
    refused: set[tuple[str, datetime]] = set()
    while (timer := _next(order, refused)) is not None:
        at = max(timer.due, now)
        try:
            change = advance.take(order, CLOCK, timer.action, at, command={}, request_id=timer.request_id)
        except (TransitionError, GuardError):
            refused.add((timer.key, timer.anchor))  # the worker drops it
            continue
        order, now = change.order, at
        yield Step(at, timer.action, order)


def _next(order: OrderState, refused: set[tuple[str, datetime]]) -> Running | None:
    """The clock that fires first."""
    waiting = [
        timer for timer in timers.running(order) if timer.kind == ROW and (timer.key, timer.anchor) not in refused
    ]
    return min(waiting, key=lambda timer: timer.due, default=None)
