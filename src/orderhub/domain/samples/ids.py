"""Ids of the sample data: of the shape of a UUIDv7 of the beginning of 2025, so that others sort after them."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_FROM: Final = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp() * 1000)
_VERSION: Final = 7 << 76
_VARIANT: Final = 2 << 62


def fixed_id(number: int, place: int = 0) -> UUID:
    """The sample id of a number, ordered as the numbers are; ``place`` counts those between two numbers."""
    return UUID(int=(_FROM + number) << 80 | _VERSION | place << 64 | _VARIANT | number)


def name_of(sample_id: UUID) -> str:
    """What a sample id is called elsewhere: its number, and its place behind it where it has one."""
    number, place = sample_id.int & 0xFFFF, sample_id.int >> 64 & 0xFFF
    return f"{number}_{place}" if place else str(number)


def further(of: UUID, by: int) -> UUID:
    """The id of a number that is so much higher, in the same place."""
    return UUID(int=of.int + (by << 80) + by)


def number_of(of: UUID) -> int:
    """The number that a sample id was made of."""
    return of.int & 0xFFFF
