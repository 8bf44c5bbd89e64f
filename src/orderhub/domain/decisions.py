"""The two questions that are asked of a transition table. Pure.

`decide` answers which row applies, or raises a named refusal; `available` answers what an actor may
do now and, for what they may not yet do, why.
"""

from dataclasses import dataclass
from typing import Any

from orderhub.domain.process import PARTIES, STAFF, Actor, F, Guard, Process, Row
from orderhub.domain.refusals import GuardError, NotYoursError, OthersDecideError, StaffPartyError, TransitionError
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Available:
    """One action that an actor may take now, or why not yet."""

    action: str
    possible: bool
    reason: Guard[Any] | None


def decide(process: Process[F], status: str | None, action: str, actor: Actor, facts: F) -> Row[F]:
    """The row that applies.

    Raises NotYoursError (this actor never does that), StaffPartyError (a staff row on one's own
    order), TransitionError (not from this status), GuardError (the row's condition doesn't hold),
    OthersDecideError (it is about who acts) or the guard's own refusal.
    """
    rows = [row for row in process.rows_of(status, action) if row.by & actor.acts_as]
    if not rows:
        _refuse(process, status, action, actor)
    if rows[0].by <= STAFF and actor.acts_as & PARTIES:
        raise StaffPartyError(action=action)
    for row in rows:
        if row.guard is None or row.guard.holds(facts):
            return row
    assert rows[0].guard is not None  # noqa: S101 - a row without a guard was returned above
    guard = rows[0].guard.missing(facts)
    if guard.refusal is not None:
        raise guard.refusal(facts)
    refusal = OthersDecideError if guard.forbids else GuardError
    raise refusal(guard.code, guard.reason, action=action, current_status=status)


def _refuse(process: Process[F], status: str | None, action: str, actor: Actor) -> None:
    if action not in process.actions_of(actor.acts_as):
        raise NotYoursError(process=process.name, action=action)
    detail = Label(
        f"« {action} » n’est pas possible tant que le statut est « {status} ».",
        f"'{action}' is not possible while the status is '{status}'.",
    )
    raise TransitionError(detail, action=action, current_status=status)


def available(process: Process[F], status: str, actor: Actor, facts: F) -> tuple[Available, ...]:
    """What an actor may do now, each action once: possible, or with the guard that is in the way."""
    found: dict[str, Available] = {}
    for row in process.rows_from(status):
        if not row.by & actor.acts_as or (row.by <= STAFF and actor.acts_as & PARTIES):
            continue
        possible = row.guard is None or row.guard.holds(facts)
        if possible or row.action not in found:
            reason = None if possible or row.guard is None else row.guard.missing(facts)
            found[row.action] = Available(row.action, possible, reason)
    return tuple(found.values())
