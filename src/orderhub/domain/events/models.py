"""The event log: what happened, in commit order. It is the outbox of everything that follows from it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from orderhub.infra.database import Base


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's ``xid8``: a 64-bit transaction id, ordered; read it as ``xid::text::bigint``."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The type's name in DDL."""
        return "xid8"


class Event(Base):
    """One thing that happened to one object.

    A reader pages by (xid, id) and only below ``pg_snapshot_xmin(pg_current_snapshot())``, so that it
    never misses one that commits late. The two parties are who may see it; staff see all.
    ``data`` is the object's public form at that moment, the same for whoever reads it.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_log", "xid", "id"),
        Index("ix_events_first_party", "first_party", "xid", "id"),
        Index("ix_events_second_party", "second_party", "xid", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    xid: Mapped[int] = mapped_column(TransactionId(), server_default=text("pg_current_xact_id()"), nullable=False)
    topic: Mapped[str] = mapped_column(Text)
    """``order.transitioned``, ``message.sent`` …: the topics that events have."""
    subject: Mapped[str] = mapped_column(Text)
    """The public id of the object, such as ``ord_01k…``."""
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Counts the events of one object, so that a receiver can put them in order."""
    first_party: Mapped[UUID | None]
    second_party: Mapped[UUID | None]
    at: Mapped[datetime]
    """Business time."""
    data: Mapped[dict[str, Any]]


class EventLog(Base):
    """The one row that says which log this is. A restored one gets another identity: see `rebase`."""

    __tablename__ = "event_log"
    __table_args__ = (CheckConstraint("id", "one_row"),)

    id: Mapped[bool] = mapped_column(primary_key=True, default=True)
    identity: Mapped[int] = mapped_column(BigInteger)
    """Drawn at random, above zero. Each cursor has it."""


class EventReader(Base):
    """How far a reader of the log has come; the worker's fan-out is the one there is."""

    __tablename__ = "event_readers"

    name: Mapped[str] = mapped_column(primary_key=True)
    xid: Mapped[int] = mapped_column(TransactionId(), nullable=False)
    event_id: Mapped[UUID]


class StreamTicket(Base):
    """Lets a browser's EventSource, which sends no header, open one stream within a minute."""

    __tablename__ = "stream_tickets"
    __table_args__ = (Index("ix_stream_tickets_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_sessions.id", ondelete="CASCADE"))
    roles: Mapped[list[str]]
    """The caller's; they change only together with the session."""
    expires_at: Mapped[datetime]
    """Real time."""
