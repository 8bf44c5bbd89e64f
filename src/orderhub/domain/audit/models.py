"""One table, append-only: the database refuses to change or delete a row of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class AuditEntry(Base):
    """One thing that a member of staff, or the installation itself, did."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_account_id", "account_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    """Business time."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    """Who did it; none for what the installation does by itself."""
    action: Mapped[str]
    """``settings.changed``, ``case.closed`` …"""
    subject: Mapped[str]
    """What it was done to: a public id such as ``cas_01k…``, or a name such as ``settings``."""
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
