"""Taking a row of a table for something that changes together with something else, such as an order's payment.

Its new status is where the row leads: nobody names it. What changes by itself goes through its own engine.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from orderhub.domain.decisions import decide
from orderhub.domain.process import Actor, Process, Row
from orderhub.domain.transitions.change import Change
from orderhub.infra.changes import Changes

F = TypeVar("F")


def begin_row(  # noqa: PLR0913 - a row, and what is kept with it
    change: Change,
    process: Process[None],
    table: str,
    action: str,
    actor: Actor,
    *,
    data: Mapping[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Begin something with this change; ``fields`` are its columns but for status and version.

    The answer is its id, version and status, for `take_row`. Raises as `decide` does.
    """
    row = decide(process, None, action, actor, None)
    begun = {"id": fields["id"], "version": 1, "status": process.targets(row)[0].code}
    change.add(table, **fields, version=begun["version"], status=begun["status"])
    _remember(change, process, row, actor, {"id": begun["id"], "version": 0, "status": ""}, begun, data)
    return begun


def take_row(  # noqa: PLR0913, PLR0917 - which row of what, by whom, and what is kept with it
    change: Change,
    process: Process[None],
    table: str,
    subject: Mapping[str, Any],
    action: str,
    actor: Actor,
    *,
    data: Mapping[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Let ``subject`` take a row with this change; it has its ``id``, ``version`` and ``status`` as they are locked.

    It may have begun with the same change. The answer has them as they will be.

    Raises as `decide` does, and InvalidError where the command lacks a field.
    """
    row = decide(process, subject["status"], action, actor, None)
    for name in row.needs:
        change.required(name)
    taken = {"id": subject["id"], "version": subject["version"] + 1, "status": process.targets(row)[0].code}
    begun = next((fresh for fresh in change.rows.get(table, ()) if fresh["id"] == taken["id"]), None)
    if begun is not None:
        begun |= taken | fields
    else:
        change.updates.setdefault(table, []).append({"id": taken["id"], "status": taken["status"], **fields})
    _remember(change, process, row, actor, subject, taken, data)
    return taken


def begun_changes(change: Change, table: str) -> Changes:
    """What a change writes that begins one thing, in a row of this table, and all that goes with it."""
    (begun,) = change.rows[table]
    fields = {name: value for name, value in begun.items() if name not in ("id", "version")}
    others = {name: rows for name, rows in change.rows.items() if name != table}
    return Changes(table, begun["id"], None, fields, others, change.updates)


def own_changes(change: Change, table: str, subject: Mapping[str, Any]) -> Changes:
    """What a change writes whose own object is ``subject``, as it is locked: its row, and all that goes with it.

    Where it takes no row, only its version counts up.
    """
    nothing: dict[str, Any] = {}
    fields = next((row for row in change.updates.get(table, ()) if row["id"] == subject["id"]), nothing)
    updates = {name: [row for row in rows if row is not fields] for name, rows in change.updates.items()}
    own = {name: value for name, value in fields.items() if name != "id"}
    others = {name: rows for name, rows in updates.items() if rows}
    return Changes(table, subject["id"], subject["version"], own, change.rows, others)


def _remember(  # noqa: PLR0913, PLR0917 - a row of the history
    change: Change,
    process: Process[None],
    row: Row[None],
    actor: Actor,
    before: Mapping[str, Any],
    to: Mapping[str, Any],
    data: Mapping[str, Any] | None,
) -> None:
    change.add(
        "history",
        subject_id=to["id"],
        version=to["version"],
        process=process.name,
        from_status=before["status"],
        action=row.action,
        to_status=to["status"],
        by=min(row.by & actor.acts_as).value,
        actor_id=change.actor_id,
        at=change.now,
        data=dict(data or {}),
    )
