"""What a JSON body may be, whatever the operation."""

import pytest

from orderhub.kit.strict_json import MOST_LEVELS, MOST_MARKS, fault_in

FINE = [
    b"",
    b"{}",
    b'"text"',
    b'{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}',
    b'{"a": "\\ud83d\\ude00", "b": "[[[[\\"[[[["}',
    b"[" * MOST_LEVELS + b"]" * MOST_LEVELS,
    b"[" + b'"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",' * 50 + b"1]",
]

WRONG = [
    (b"\xff", "malformed"),
    (b'{"a": 1', "malformed"),
    (b'{"a": NaN}', "malformed"),
    (b'{"a": "\0"}', "malformed"),
    (b"[" + b"9" * 5000 + b"]", "malformed"),
    (b"[" * 33 + b'\\"' * 16_000, "invalid"),
    (b"[" * (MOST_LEVELS + 1) + b"]" * (MOST_LEVELS + 1), "invalid"),
    (b"[" + b"1," * MOST_MARKS + b"1, 2]", "invalid"),
    (b"[" + b"[]" * MOST_MARKS + b"]", "invalid"),
    (b"[" + b'""' * MOST_MARKS + b"]", "invalid"),
]


@pytest.mark.parametrize("body", FINE, ids=lambda body: repr(body[:30]))
def test_what_is_read(body: bytes) -> None:
    assert fault_in(body) is None


@pytest.mark.parametrize(("body", "code"), WRONG, ids=lambda part: repr(part[:30]))
def test_what_is_refused(body: bytes, code: str) -> None:
    fault = fault_in(body)
    assert fault is not None
    assert fault.code == code


def test_each_place_is_named() -> None:
    fault = fault_in(b'{"a": [{"b/c": 1, "b~c": 1, "\\u0062/c": 2}], "d": "\\ud800", "d": "\\u0000"}')
    assert fault is not None
    assert [(place.pointer, place.code) for place in fault.errors] == [
        ("/a/0/b~1c", "repeated_name"),
        ("/d", "invalid_text"),
        ("/d", "repeated_name"),
        ("/d", "invalid_text"),
    ]


def test_no_more_places_are_named_than_are_shown() -> None:
    fault = fault_in(b"{" + b'"a": 1, ' * 9000 + b'"a": 1}')
    assert fault is not None
    assert len(fault.errors) == 50
