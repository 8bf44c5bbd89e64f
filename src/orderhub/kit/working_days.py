"""Working days: the weekdays of a calendar less its holidays, in its own time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked. ``weekdays`` are ISO numbers: 1 is Monday, 7 is Sunday."""

    zone: tzinfo
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a calendar on which no working day would ever come."""
        if not self.weekdays or not self.weekdays <= frozenset(range(1, 8)):
            message = f"weekdays are one or more of 1 to 7, not {sorted(self.weekdays)}"
            raise ValueError(message)

    def is_worked(self, day: date) -> bool:
        """Whether this day is a working day."""
        return day.isoweekday() in self.weekdays and day not in self.holidays

    def add(self, start: datetime, days: int) -> datetime:
        """The same time of day, ``days`` working days after the day of ``start``; in UTC.

        A time that the clocks skip on that day is the instant an hour later on the clock; one that
        comes twice is the first. Raises ValueError for a negative number.
        """
        if days < 0:
            message = f"only forward: {days}"
            raise ValueError(message)
        local = start.astimezone(self.zone)
        if days == 0:
            return start.astimezone(UTC)
        coming = self._worked_after(local.date())
        day = next(day for count, day in enumerate(coming, start=1) if count == days)
        return _at(day, local)

    def count(self, start: datetime, end: datetime) -> int:
        """How many whole working days passed: the most that `add` may be given without passing ``end``."""
        local = start.astimezone(self.zone)
        last = end.astimezone(self.zone).date()
        passed = 0
        coming = self._worked_after(local.date())
        while (day := next(coming)) <= last and _at(day, local) <= end:
            passed += 1
        return passed

    def _worked_after(self, day: date) -> Iterator[date]:
        while True:
            day += _DAY
            if self.is_worked(day):
                yield day


def _at(day: date, local: datetime) -> datetime:
    wall = datetime.combine(day, local.time().replace(fold=0), tzinfo=local.tzinfo)
    return wall.astimezone(UTC)
