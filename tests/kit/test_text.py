"""Durations as ISO 8601 writes them; what of a text is seen."""

from datetime import timedelta

import pytest

from orderhub.kit.text import is_seen, parse_duration, show_duration, turns

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


_UNSEEN = [
    "",
    " \u00a0\u3000",
    "\u200b\u3164",
    "\u115f\u1160\uffa0",
    "\u2800",
    "\u00ad\u034f\u2060\ufeff",
    "\ufe0f",
    "\u180e",
    "\u200e\u200f\u061c",
    "\U000e0041\U000e0100",
    "\U0001d159\U0001d173",
    "\t\n",
]


@pytest.mark.parametrize("text", _UNSEEN)
def test_nothing_is_seen(text: str) -> None:
    assert not is_seen(text)


_SEEN = ["Awa", "…", "é", "أوا", "阿瓦", "🙂", "\u200bA", "ʼ", "\U00020000", "ⵣ"]


@pytest.mark.parametrize("text", _SEEN)
def test_something_is_seen(text: str) -> None:
    assert is_seen(text)
    assert not turns(text)


@pytest.mark.parametrize("control", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029"])
def test_what_turns_the_direction_or_breaks_the_line(control: str) -> None:
    assert turns(f"Awa{control}poiD")


@pytest.mark.parametrize("name", ["نور\u200f (2)", "می\u200cخواهم", "Noor \u200eA", "\u061cأوا"])
def test_marks_that_names_need_turn_nothing(name: str) -> None:
    assert not turns(name)
