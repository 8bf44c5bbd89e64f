"""Working days around weekends, holidays, year ends and the two nights when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderhub.kit.working_days import WorkingCalendar

PARIS = ZoneInfo("Europe/Paris")
HOUSE = WorkingCalendar(PARIS, holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)}))


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23T10:00", 1, "2026-11-24T10:00"),
        ("2026-11-27T10:00", 1, "2026-11-30T10:00"),
        ("2026-11-28T10:00", 1, "2026-11-30T10:00"),
        ("2026-11-23T10:00", 5, "2026-11-30T10:00"),
        ("2026-12-24T18:30", 1, "2026-12-28T18:30"),
        ("2026-12-31T23:59", 1, "2027-01-04T23:59"),
        ("2026-12-24T08:00", 6, "2027-01-05T08:00"),
        ("2027-03-26T09:00", 1, "2027-03-30T09:00"),
        ("2026-10-23T09:00", 1, "2026-10-26T09:00"),
        ("2026-11-23T10:00", 0, "2026-11-23T10:00"),
    ],
)
def test_the_same_time_so_many_working_days_later(start: str, days: int, end: str) -> None:
    assert HOUSE.add(paris(start), days) == paris(end)


def test_the_clock_on_the_wall_stays_when_summer_time_begins_or_ends() -> None:
    spring = HOUSE.add(paris("2027-03-26T09:00"), 1) - paris("2027-03-26T09:00").astimezone(UTC)
    autumn = HOUSE.add(paris("2026-10-23T09:00"), 1) - paris("2026-10-23T09:00").astimezone(UTC)
    assert spring == timedelta(days=4, hours=-1)
    assert autumn == timedelta(days=3, hours=1)


def test_a_time_that_the_clocks_skip_is_an_hour_later_on_the_wall() -> None:
    all_days = WorkingCalendar(PARIS, frozenset(range(1, 8)))
    assert all_days.add(paris("2027-03-27T02:30"), 1) == paris("2027-03-28T03:30")


def test_a_time_that_comes_twice_is_the_first() -> None:
    all_days = WorkingCalendar(PARIS, frozenset(range(1, 8)))
    assert all_days.add(paris("2026-10-24T02:30"), 1) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = paris("2026-10-25T02:30").replace(fold=1)
    assert all_days.add(second, 1) == paris("2026-10-26T02:30")


def test_the_day_is_that_of_the_zone_and_not_of_utc() -> None:
    late_on_thursday_in_utc = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert HOUSE.add(late_on_thursday_in_utc, 1) == paris("2026-11-30T00:30")


def test_answers_are_in_utc() -> None:
    assert HOUSE.add(paris("2026-11-23T10:00"), 1).utcoffset() == timedelta()
    assert HOUSE.add(paris("2026-11-23T10:00"), 0).utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-23T10:00", "2026-11-24T09:59", 0),
        ("2026-11-23T10:00", "2026-11-24T10:00", 1),
        ("2026-11-27T10:00", "2026-11-29T23:00", 0),
        ("2026-11-27T10:00", "2026-11-30T10:00", 1),
        ("2026-12-24T10:00", "2026-12-28T10:00", 1),
        ("2026-12-31T10:00", "2027-01-05T10:00", 2),
        ("2026-11-24T10:00", "2026-11-23T10:00", 0),
    ],
)
def test_whole_working_days_are_counted(start: str, end: str, days: int) -> None:
    assert HOUSE.count(paris(start), paris(end)) == days


instants = st.integers(0, 2 * 365 * 86_400).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


@given(start=instants, days=st.integers(0, 40))
def test_counting_undoes_adding(start: datetime, days: int) -> None:
    end = HOUSE.add(start, days)
    assert HOUSE.count(start, end) == days
    assert days == 0 or HOUSE.count(start, end - timedelta(microseconds=1)) == days - 1


@given(start=instants, days=st.integers(1, 40))
def test_a_working_day_later_is_a_working_day(start: datetime, days: int) -> None:
    assert HOUSE.is_worked(HOUSE.add(start, days).astimezone(PARIS).date())


def test_there_is_no_going_back() -> None:
    with pytest.raises(ValueError, match="only forward"):
        HOUSE.add(paris("2026-11-23T10:00"), -1)


@pytest.mark.parametrize("weekdays", [frozenset[int](), frozenset({0}), frozenset({1, 8})])
def test_a_calendar_needs_a_weekday_that_exists(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        WorkingCalendar(PARIS, weekdays)
