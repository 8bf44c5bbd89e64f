"""Numbers without gaps: ``PF-2026-000123``.

The counter's row is locked until the transaction that writes the document ends: who comes next waits,
and a transaction that is rolled back gives its number back. Take the number last, after every other
lock, and write the document in the same transaction: at COMMIT the database refuses a number that no
document has.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, SmallInteger, Text, bindparam
from sqlalchemy.dialects.postgresql import insert

from orderhub.domain.documents.kinds import Series
from orderhub.domain.documents.models import NumberSeries
from orderhub.infra.database import HotTransaction, Statement

_DIGITS = 6

NEXT: Final = Statement(
    insert(NumberSeries)
    .values(series=bindparam("series", type_=Text()), year=bindparam("year", type_=SmallInteger()), last=1)
    .on_conflict_do_update(
        index_elements=[NumberSeries.series, NumberSeries.year],
        set_={"last": NumberSeries.last + bindparam("step", 1, type_=BigInteger())},
    )
    .returning(NumberSeries.last)
)
"""Locks the counter and moves it by one; its parameters are ``series`` and ``year``."""


async def next_number(transaction: HotTransaction, series: Series, year: int) -> str:
    """The next number of a series in a year. Nobody else gets one until this transaction ends."""
    row = await transaction.row(NEXT, {"series": series.value, "year": year})
    if row is None:
        raise LookupError("INSERT … RETURNING returned nothing")
    return show_number(series, year, row["last"])


def show_number(series: Series, year: int, place: int) -> str:
    """A number as it is printed: ``PF-2026-000123``."""
    return f"{series.value}-{year:04d}-{place:0{_DIGITS}d}"


def year_of(instant: datetime, time_zone: str) -> int:
    """The year that a document of this instant is numbered in, where the house is."""
    return instant.astimezone(ZoneInfo(time_zone)).year
