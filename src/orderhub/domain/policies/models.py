"""What staff may change: the policy, the house's terms, and the public holidays.

A change of the policy or of the terms is a new row; the database refuses to rewrite an old one.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class PolicyVersion(Base):
    """One version of the policy; the newest is current. Orders copy from it when they are placed.

    ``values`` is ``{"durations": {name: ISO 8601}, "commissions": [{"kind", "category", "basis_points"}],
    "fees": {name: basis points}, "working_days": [1, …], "terms_version": 1,
    "bounds": {name: number}, "shipping": {…}, "protection": {…}}``, these two as `charges.py` reads them. Rows that are
    older than a member lack it.
    """

    __tablename__ = "policies"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime]
    """Business time."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    """None for the row that the installation brings."""
    values: Mapped[dict[str, Any]]


class Terms(Base):
    """One version of the house's terms, in both languages; the newest is current."""

    __tablename__ = "terms"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime]
    """Business time."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    french: Mapped[str]
    english: Mapped[str]


class Holiday(Base):
    """A public holiday of the house: not a working day."""

    __tablename__ = "holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    label: Mapped[str]
