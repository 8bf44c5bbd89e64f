"""Instants: always aware, always UTC, to the microsecond."""

from datetime import UTC, datetime


def real_now() -> datetime:
    """The real time, for tokens, idempotency and limits. Business time comes from the database."""
    return datetime.now(UTC)


def show_instant(value: datetime) -> str:
    """RFC 3339 in UTC with ``Z``."""
    instant = value if value.tzinfo is UTC else value.astimezone(UTC)
    return instant.isoformat("T", "milliseconds" if instant.microsecond else "seconds")[:-6] + "Z"
