"""The timers of an object, computed from its row, and what a change does to them.

A timer belongs to (object, row, anchor). A change cancels those that no longer apply and sets the
new ones; what is the same before and after is left alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CTE, Text, bindparam, delete, func, literal
from sqlalchemy.dialects.postgresql import ARRAY

from orderhub.domain.policies.policy import reminder_at
from orderhub.domain.process import By, Clock, Deadline
from orderhub.domain.transitions.models import Timer
from orderhub.infra.changes import Step
from orderhub.kit.ids import new_id

ROW, REMIND, LATE = "row", "remind", "late"
_TURNS: Final = ("", "_2", "_3")
"""A clock that reminds more than once has a timer for each turn."""


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that an object should have."""

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
        """What tells it from the object's other timers."""
        return f"{self.kind}:{self.action}:{self.request_id or ''}"

    @property
    def reminds(self) -> bool:
        """Whether it only reminds."""
        return self.kind.startswith(REMIND)


def of_clock(action: str, clock: Clock, subject: Any) -> list[Running]:
    """The timers of one row: its deadlines, and the reminders before each."""
    found: list[Running] = []
    for deadline in clock.deadlines(subject):
        found.append(
            Running(ROW, action, deadline.request_id, deadline.anchor, deadline.due, deadline.due, clock.waits_for)
        )
        if clock.waits_for:
            found += reminders(action, deadline, clock.waits_for)
    return found


def reminders(action: str, deadline: Deadline, waits_for: frozenset[By]) -> list[Running]:
    """The reminders of one deadline: those that the clock names, else the one of docs/rules.md, Clocks."""
    usual = reminder_at(deadline.anchor, deadline.due)
    instants = deadline.reminders or ((usual,) if usual else ())
    return [
        Running(REMIND + turn, action, deadline.request_id, deadline.anchor, at, deadline.due, waits_for)
        for turn, at in zip(_TURNS, instants, strict=False)
    ]


def still_due(running: Iterable[Running], timer: Timer, now: datetime) -> Running | None:
    """A stored timer as the object has it now, if it still applies and is due."""
    wanted = (timer.kind, timer.action, timer.request_id, timer.anchor)
    for found in running:
        if (found.kind, found.action, found.request_id, found.anchor) == wanted and found.due <= now:
            return found
    return None


def difference(
    subject: str, subject_id: UUID, before: Iterable[Running], after: Iterable[Running], now: datetime
) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of the timers to cancel, and the rows of those to set. No reminder is set for the past."""
    old = {timer.key: timer for timer in before}
    new = {timer.key: timer for timer in after}
    cancelled = [key for key, timer in old.items() if new.get(key) != timer]
    fresh = [timer for key, timer in new.items() if old.get(key) != timer]
    return cancelled, [_values(subject, subject_id, timer) for timer in fresh if timer.kind == ROW or timer.due > now]


def _values(subject: str, subject_id: UUID, timer: Running) -> dict[str, Any]:
    return {
        "id": new_id(),
        "subject": subject,
        "subject_id": subject_id,
        "action": timer.action,
        "kind": timer.kind,
        "request_id": timer.request_id,
        "anchor": timer.anchor,
        "due": timer.due,
    }


def cancel_step(keys: Sequence[str]) -> Step:
    """The step that deletes these timers of the changed object."""
    return Step("cancel_timers", _cancel, {"cancelled_timers": list(keys)})


def _cancel(moved: CTE) -> Sequence[CTE]:
    key = Timer.kind + literal(":") + Timer.action + literal(":") + func.coalesce(Timer.request_id.cast(Text), "")
    statement = delete(Timer).where(
        Timer.subject_id == moved.c.id,
        key == func.any(bindparam("cancelled_timers", type_=ARRAY(Text()))),
    )
    return (statement.returning(Timer.id).cte("cancelled_timers"),)
