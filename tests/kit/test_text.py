"""Durations as ISO 8601 writes them."""

from datetime import timedelta

import pytest

from orderhub.kit.text import parse_duration, show_duration

_DURATIONS = [
    ("P7D", timedelta(days=7)),
    ("P400D", timedelta(days=400)),
    ("P1DT2H", timedelta(days=1, hours=2)),
    ("PT1H30M", timedelta(minutes=90)),
    ("PT45S", timedelta(seconds=45)),
    ("PT0S", timedelta()),
]


@pytest.mark.parametrize(("text", "value"), _DURATIONS)
def test_a_duration_is_read_and_shown_alike(text: str, value: timedelta) -> None:
    assert parse_duration(text) == value
    assert show_duration(value) == text


def test_the_largest_unit_is_shown() -> None:
    assert show_duration(parse_duration("PT48H")) == "P2D"


_WRONG = ["", "P", "PT", "P1", "7D", " P7D", "P7D ", "P1DT", "P1Y", "P99999999999D", "P٣D", "-P7D"]


@pytest.mark.parametrize("text", _WRONG)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISO8601|out of range|below zero"):
        parse_duration(text)
