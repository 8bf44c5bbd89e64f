"""A change in the making: who acts, what is said with it, and the rows that go with it. No I/O.

Each engine has a class of its own made of this one, with its object before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.domain.operator import Operator
from orderhub.domain.process import Actor, By
from orderhub.infra.changes import Step
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

Rows = dict[str, list[dict[str, Any]]]


@dataclass(slots=True, kw_only=True)
class Change:
    """What is about to change, whatever it changes."""

    action: str
    by: By
    actor_id: UUID | None
    now: datetime
    command: Mapping[str, Any]
    request_id: UUID | None = None
    operator: Operator | None = None
    """Whoever operates the hub, where a person asks for the change."""
    rows: Rows = field(default_factory=dict[str, list[dict[str, Any]]])
    updates: Rows = field(default_factory=dict[str, list[dict[str, Any]]])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the history keeps with this change."""
    steps: list[Step] = field(default_factory=list[Step])
    """Further parts of the one statement."""

    @property
    def actor(self) -> Actor:
        """Who takes the row, as what they take it."""
        return Actor(frozenset({self.by}), self.actor_id)

    def add(self, table: str, **values: Any) -> None:
        """Append a row to a table."""
        self.rows.setdefault(table, []).append(values)

    def required(self, name: str) -> Any:
        """A field that the action can't do without. Raises InvalidError where it is missing."""
        value = self.command.get(name)
        if value is None or value in ("", [], ()):
            raise invalid_field(
                f"/{name}",
                "required",
                Label(f"« {self.action} » a besoin de « {name} ».", f"'{self.action}' needs '{name}'."),
            )
        return value

    @property
    def operated_by(self) -> Operator:
        """The operator, for what only a person's action does: issuing documents, placing orders."""
        assert self.operator is not None  # noqa: S101 - every way by which a person acts names them
        return self.operator

    def history(self, process: str, subject_id: UUID, version: int, from_status: str, to: str) -> dict[str, Any]:
        """The row of this change in the history of the object itself; ``from_status`` is empty where it begins."""
        return {
            "subject_id": subject_id,
            "version": version,
            "process": process,
            "from_status": from_status,
            "action": self.action,
            "to_status": to,
            "by": self.by.value,
            "actor_id": self.actor_id,
            "at": self.now,
            "data": self.data,
        }

    def write_event(
        self, topic: str, subject: str, sequence: int, parties: tuple[UUID, UUID | None], data: Mapping[str, Any]
    ) -> None:
        """Append an event that these parties may see."""
        self.add(
            "events",
            id=new_id(),
            topic=topic,
            subject=subject,
            sequence=sequence,
            first_party=parties[0],
            second_party=parties[1],
            at=self.now,
            data=data,
        )
