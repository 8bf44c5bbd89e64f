"""Which timers an order has, computed from its row: its clocks, and the due date of the work."""

from datetime import datetime
from typing import Any

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import Deadline
from orderhub.domain.transitions import timers
from orderhub.domain.transitions.timers import LATE, Running

SUBJECT = "order"


def running(order: OrderState) -> list[Running]:
    """Every timer of an order as it stands: clocks, reminders, and the due date of the work.

    Rows of one action that their guards tell apart share its timer.
    """
    kind = KINDS[order.kind]
    found: list[Running] = []
    for row in kind.table.rows_from(order.status):
        if row.clock is not None:
            found += timers.of_clock(row.action, row.clock, order)
    late = kind.late.get(order.status)
    if late is not None and order.due_at is not None:
        work = Deadline(order.clock_anchor, order.due_at)
        if late.reminds:
            found += timers.reminders(late.action, work, late.waits_for)
        found.append(Running(LATE, late.action, None, work.anchor, work.due, work.due, late.waits_for))
    return [*dict.fromkeys(found)]


def difference(before: OrderState | None, after: OrderState, now: datetime) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set."""
    return timers.difference(SUBJECT, after.id, running(before) if before else (), running(after), now)
