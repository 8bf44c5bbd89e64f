"""What staff may and may not write into a policy."""

from dataclasses import replace

import pytest

from orderhub.domain.orders.kinds import durations
from orderhub.domain.policies.policy import Commission, Policy
from orderhub.domain.policies.rules import Sale, commission_faults, faults
from orderhub.kit.text import show_duration

DURATIONS = durations()
SOUND = Policy(
    version=1,
    durations={name: show_duration(max(rule.least, rule.most // 2)) for name, rule in DURATIONS.items()},
    commissions=(Commission("service", None, 1000),),
    fees={},
    working_days=(1, 2, 3, 4, 5),
    terms_version=1,
)
SALES = {"service": Sale(categories=frozenset({"logo"})), "bought": Sale(by_house=True)}
"""What sellers sell needs a rule for any category; what the house sells may have one."""


def places(policy: Policy) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults(policy, DURATIONS)]


def with_duration(name: str, text: str) -> Policy:
    return replace(SOUND, durations={**SOUND.durations, name: text})


def test_a_sound_policy_has_no_fault() -> None:
    assert places(SOUND) == []


@pytest.mark.parametrize("name", sorted(DURATIONS))
def test_each_duration_may_be_as_short_and_as_long_as_its_bounds(name: str) -> None:
    rule = DURATIONS[name]
    assert places(with_duration(name, show_duration(rule.least))) == []
    assert places(with_duration(name, show_duration(rule.most))) == []
    longer = show_duration(rule.most + (rule.most - rule.most // 2))
    assert places(with_duration(name, longer)) == [(f"/durations/{name}", "out_of_bounds")]


@pytest.mark.parametrize("text", ["", "P", "48h", "-P7D", "P1M", "P1W", "P99999999999D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    assert places(with_duration("approval", text)) == [("/durations/approval", "invalid_duration")]


def test_a_duration_that_ends_nothing_is_refused() -> None:
    assert places(with_duration("approval", "PT0S")) == [("/durations/approval", "out_of_bounds")]


def test_staff_are_reminded_after_whole_days() -> None:
    assert places(with_duration("staff_reminder", "P1DT12H")) == [("/durations/staff_reminder", "invalid_duration")]


def test_unknown_and_missing_names_are_refused() -> None:
    durations = {name: text for name, text in SOUND.durations.items() if name != "approval"} | {"ap/proval": "P7D"}
    assert places(replace(SOUND, durations=durations)) == [
        ("/durations/ap~1proval", "unknown_name"),
        ("/durations/approval", "missing"),
    ]
    assert places(replace(SOUND, fees={"handling": 100})) == [("/fees/handling", "unknown_name")]


@pytest.mark.parametrize("days", [(), (0,), (8,), (1, 1)])
def test_weekdays_exist_and_are_named_once(days: tuple[int, ...]) -> None:
    assert places(replace(SOUND, working_days=days)) == [("/working_days", "invalid_days")]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ((Commission("service", None, 0),), []),
        ((Commission("service", None, 5000),), []),
        ((Commission("service", None, 5001),), [("/rules/0/basis_points", "out_of_bounds")]),
        ((Commission("service", None, -1),), [("/rules/0/basis_points", "out_of_bounds")]),
        ((Commission("service", "logo", 500),), [("/rules", "missing")]),
        ((Commission("service", None, 1000), Commission("service", "logo", 500), Commission("bought", None, 0)), []),
        ((), [("/rules", "missing")]),
        (
            (Commission("service", None, 1000), Commission("gift", None, 0)),
            [("/rules/1/kind", "unknown_kind")],
        ),
        (
            (Commission("service", None, 1000), Commission("service", None, 900)),
            [("/rules/1", "duplicate")],
        ),
    ],
)
def test_commissions_stay_within_half_and_name_each_case_once(
    rules: tuple[Commission, ...], found: list[tuple[str, str]]
) -> None:
    assert [(fault.pointer, fault.code) for fault in commission_faults(rules, SALES)] == found


def test_a_category_belongs_to_its_kind() -> None:
    rules = [Commission("service", "events", 500), Commission("service", None, 1000), Commission("bought", "logo", 0)]
    found = [(fault.pointer, fault.code) for fault in commission_faults(rules, SALES)]
    assert found == [("/rules/0/category", "unknown_category"), ("/rules/2/category", "unknown_category")]


def test_a_policy_whose_commissions_are_out_of_bounds_is_unsound() -> None:
    assert places(replace(SOUND, commissions=(Commission("service", None, 5001),))) == [
        ("/rules/0/basis_points", "out_of_bounds")
    ]
