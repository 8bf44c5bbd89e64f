"""Commission and reminders, read from a policy."""

from datetime import UTC, datetime, timedelta

import pytest

from orderhub.domain.policies.policy import Commission, Policy, commission, read_policy, reminder_at, write_policy

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

POLICY = Policy(
    version=7,
    durations={"approval": "P7D", "payment": "PT24H"},
    commissions=(
        Commission("service", "translation", 500),
        Commission("service", None, 1000),
        Commission("service", "gifts", 0),
        Commission("item", None, 800),
    ),
    fees={},
    working_days=(1, 2, 3, 4, 5),
    terms_version=3,
)


@pytest.mark.parametrize(
    ("kind", "category", "basis_points"),
    [
        ("service", "translation", 500),
        ("service", "logo", 1000),
        ("service", None, 1000),
        ("service", "gifts", 0),
        ("item", "translation", 800),
        ("production", "translation", 0),
    ],
)
def test_the_most_specific_rule_wins(kind: str, category: str | None, basis_points: int) -> None:
    assert commission(POLICY, kind, category) == basis_points


@pytest.mark.parametrize(
    ("wait", "after"),
    [
        (timedelta(hours=24) - SECOND, None),
        (timedelta(hours=24), timedelta(hours=12)),
        (timedelta(hours=48), timedelta(hours=24)),
        (timedelta(hours=72) - SECOND, (timedelta(hours=72) - SECOND) / 2),
        (timedelta(hours=72), timedelta(hours=48)),
        (timedelta(days=7), timedelta(days=6)),
        (timedelta(minutes=15), None),
    ],
)
def test_reminders_come_none_halfway_or_a_day_before(wait: timedelta, after: timedelta | None) -> None:
    assert reminder_at(START, START + wait) == (None if after is None else START + after)


def test_a_policy_is_read_as_it_was_written() -> None:
    assert read_policy(7, write_policy(POLICY)) == POLICY


def test_durations_are_read_by_name() -> None:
    assert POLICY.duration("approval") == timedelta(days=7)
    with pytest.raises(KeyError):
        POLICY.duration("approbation")
