"""The pages that say what runs when: they fit together."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orderhub.domain.notifications.service import TOLD
from orderhub.jobs.reactions import FOLLOWED, FULFILLED, REACTIONS
from orderhub.jobs.registry import REGISTRY
from orderhub.jobs.schedule import SCHEDULE, Daily, Every

PARIS = ZoneInfo("Europe/Paris")


def test_every_job_that_is_asked_for_is_registered() -> None:
    caused = (*REACTIONS.values(), FULFILLED, FOLLOWED)
    asked = {name for names in caused for name in names} | set(SCHEDULE)
    assert asked <= set(REGISTRY)


def test_every_topic_that_tells_somebody_something_is_told() -> None:
    assert {topic for topic in TOLD if "notify" not in REACTIONS.get(topic, ())} == set()


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-11-21T07:59:00+00:00", "2026-11-21T08:00:00+00:00"),
        ("2026-11-21T08:00:00+00:00", "2026-11-22T08:00:00+00:00"),
        # The night of 28 March 2027 is an hour shorter in Paris.
        ("2027-03-27T09:00:00+00:00", "2027-03-28T07:00:00+00:00"),
    ],
)
def test_daily_is_by_the_clock_of_the_house(now: str, following: str) -> None:
    found = Daily(time(9)).following(datetime.fromisoformat(now), PARIS)
    assert found.astimezone(UTC).isoformat() == following


def test_every_counts_from_now() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert Every(timedelta(minutes=2)).following(now, PARIS) == now + timedelta(minutes=2)
