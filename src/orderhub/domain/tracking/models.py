"""The book of what carriers said, and of which parcel is whose."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orderhub.infra.database import Base


class Parcel(Base):
    """A parcel that an order was sent in. Carriers use their numbers again: one may be several orders'."""

    __tablename__ = "parcels"
    __table_args__ = (Index("ix_parcels_order_id", "order_id"),)

    tracking_number: Mapped[str] = mapped_column(primary_key=True)
    """As `numbers.comparable` writes it; the carrier's name likewise."""
    carrier: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)


class TrackingEvent(Base):
    """One thing that a carrier said of a parcel, once however often it says so."""

    __tablename__ = "tracking_events"
    __table_args__ = (
        UniqueConstraint("carrier", "event_id"),
        Index("ix_tracking_events_parcel", "tracking_number", "carrier"),
        Index("ix_tracking_events_order_id", "order_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    carrier: Mapped[str]
    event_id: Mapped[str]
    """The carrier's own id of it."""
    tracking_number: Mapped[str]
    """As `numbers.comparable` writes it."""
    status: Mapped[str]
    occurred_at: Mapped[datetime]
    """As the carrier says."""
    received_at: Mapped[datetime]
    """Real time, of the first time."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    outcome: Mapped[str | None]
    """One of `TrackingOutcome`; None while it is being worked out."""
