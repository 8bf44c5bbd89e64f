"""Which timers an order has, computed from its row, and what a change does to them.

A timer belongs to (order, row, anchor). A change cancels those that no longer apply and sets the
new ones; what is the same before and after is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Text, bindparam, delete, func, literal
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.orders.processes import ORDER_PROCESSES
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.policy import reminder_at
from orderhub.domain.process import By, Deadline
from orderhub.domain.transitions.models import Timer
from orderhub.infra.changes import Step
from orderhub.kit.ids import new_id

ROW, REMIND, LATE = "row", "remind", "late"
DUE_WORK = "deliver"
"""The action that a due date waits for."""


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that an order should have."""

    kind: str
    action: str
    request_id: UUID | None
    anchor: datetime
    due: datetime
    """When it fires."""
    ends_at: datetime
    """When the wait ends: the same, but for a reminder."""
    waits_for: frozenset[By]

    @property
    def key(self) -> str:
        """What tells it from the order's other timers."""
        return f"{self.kind}:{self.action}:{self.request_id or ''}"


def running(order: OrderState) -> list[Running]:
    """Every timer of an order as it stands: clocks, reminders, and the due date of the work."""
    found: list[Running] = []
    for row in ORDER_PROCESSES[order.kind].rows_from(order.status):
        clock = row.clock
        if clock is not None:
            for deadline in clock.deadlines(order):
                found += _pair(row.action, deadline, clock.waits_for)
    if order.status == "in_progress" and order.due_at is not None and order.accepted_at is not None:
        work = Deadline(order.clock_anchor, order.due_at)
        found += _reminder(DUE_WORK, work, frozenset({By.SELLER}))
        found.append(Running(LATE, DUE_WORK, None, work.anchor, work.due, work.due, frozenset({By.SELLER})))
    return found


def _pair(action: str, deadline: Deadline, waits_for: frozenset[By]) -> list[Running]:
    row = Running(ROW, action, deadline.request_id, deadline.anchor, deadline.due, deadline.due, waits_for)
    return [row, *(_reminder(action, deadline, waits_for) if waits_for else ())]


def _reminder(action: str, deadline: Deadline, waits_for: frozenset[By]) -> list[Running]:
    at = reminder_at(deadline.anchor, deadline.due)
    if at is None:
        return []
    return [Running(REMIND, action, deadline.request_id, deadline.anchor, at, deadline.due, waits_for)]


def difference(before: OrderState | None, after: OrderState, now: datetime) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set. No reminder is set for the past."""
    old = {timer.key: timer for timer in running(before)} if before else {}
    new = {timer.key: timer for timer in running(after)}
    cancelled = [key for key, timer in old.items() if new.get(key) != timer]
    fresh = [timer for key, timer in new.items() if old.get(key) != timer]
    return cancelled, [_values(after.id, timer) for timer in fresh if timer.kind == ROW or timer.due > now]


def _values(order_id: UUID, timer: Running) -> dict[str, Any]:
    return {
        "id": new_id(),
        "subject": "order",
        "subject_id": order_id,
        "action": timer.action,
        "kind": timer.kind,
        "request_id": timer.request_id,
        "anchor": timer.anchor,
        "due": timer.due,
    }


def cancel_step(keys: Sequence[str]) -> Step:
    """The step that deletes these timers of the changed order."""
    return Step("cancel_timers", _cancel, {"cancelled_timers": list(keys)})


def _cancel(moved: CTE) -> Sequence[CTE]:
    key = Timer.kind + literal(":") + Timer.action + literal(":") + func.coalesce(Timer.request_id.cast(Text), "")
    statement = delete(Timer).where(
        Timer.subject_id == moved.c.id,
        key == func.any(bindparam("cancelled_timers", type_=ARRAY(Text()))),
    )
    return (statement.returning(Timer.id).cte("cancelled_timers"),)
