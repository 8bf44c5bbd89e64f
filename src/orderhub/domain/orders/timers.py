"""Which timers an order has, computed from its row: its clocks, and the due date of the work."""

from datetime import datetime
from typing import Any

from orderhub.domain.orders.kinds import ORDER_PROCESSES
from orderhub.domain.orders.stages import UNDER_WAY
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By, Deadline
from orderhub.domain.transitions import timers
from orderhub.domain.transitions.timers import LATE, Running

SUBJECT = "order"
DUE_WORK = "deliver"
"""The action that a due date waits for."""
DUE_ARRIVAL = "receive"
_SELLER = frozenset({By.SELLER})


def running(order: OrderState) -> list[Running]:
    """Every timer of an order as it stands: clocks, reminders, and the due date of the work."""
    found: list[Running] = []
    for row in ORDER_PROCESSES[order.kind].rows_from(order.status):
        if row.clock is not None:
            found += timers.of_clock(row.action, row.clock, order)
    if order.status == "in_progress" and order.due_at is not None and order.accepted_at is not None:
        work = Deadline(order.clock_anchor, order.due_at)
        found += timers.reminders(DUE_WORK, work, _SELLER)
        found.append(Running(LATE, DUE_WORK, None, work.anchor, work.due, work.due, _SELLER))
    elif order.sourcing is not None and order.status in UNDER_WAY and order.due_at is not None:
        due = order.due_at
        found.append(Running(LATE, DUE_ARRIVAL, None, order.clock_anchor, due, due, frozenset({By.BUYER, By.SELLER})))
    return found


def difference(before: OrderState | None, after: OrderState, now: datetime) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set."""
    return timers.difference(SUBJECT, after.id, running(before) if before else (), running(after), now)
