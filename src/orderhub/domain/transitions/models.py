"""Edges, history and timers: the tables that every process shares."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class ProcessEdge(Base):
    """What a transition table lists; filled by a migration, compared with the tables by a test."""

    __tablename__ = "process_edges"

    process: Mapped[str] = mapped_column(primary_key=True)
    from_status: Mapped[str] = mapped_column(primary_key=True)
    """Empty where the row places."""
    action: Mapped[str] = mapped_column(primary_key=True)
    to_status: Mapped[str] = mapped_column(primary_key=True)


class History(Base):
    """What happened to an order, a payment or a refund: one row for each change, never changed."""

    __tablename__ = "history"
    __table_args__ = (
        ForeignKeyConstraint(
            ["process", "from_status", "action", "to_status"],
            [
                "process_edges.process",
                "process_edges.from_status",
                "process_edges.action",
                "process_edges.to_status",
            ],
            name="fk_history_process_edges",
        ),
    )

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    process: Mapped[str]
    from_status: Mapped[str]
    action: Mapped[str]
    to_status: Mapped[str]
    by: Mapped[str]
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]
    """Business time."""
    data: Mapped[dict[str, Any]]
    """What was said with it: reason, message, amount …"""


class Timer(Base):
    """A clock that runs: when it is due, the worker takes the row it belongs to."""

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_due", "due", "id"), Index("ix_timers_subject_id", "subject_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    """The kind of object, such as ``order``."""
    subject_id: Mapped[UUID]
    action: Mapped[str]
    kind: Mapped[str]
    """``row`` takes the row, ``remind`` reminds who is waited for, ``late`` tells that it is past due."""
    request_id: Mapped[UUID | None]
    anchor: Mapped[datetime]
    due: Mapped[datetime]
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
