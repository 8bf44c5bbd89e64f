"""Cursors of the feed name a place in the log and nothing else."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orderhub.domain.events.position import Position, read_position, write_position
from orderhub.kit.errors import InvalidError


@given(some.integers(0, 2**64 - 1), some.uuids(), some.integers(0, 2**63 - 1))
def test_a_cursor_is_read_as_it_was_written(xid: int, event_id: UUID, log: int) -> None:
    place = Position(xid, event_id, log)
    assert read_position(write_position(place)) == place
    assert len(write_position(place)) == 43


@pytest.mark.parametrize("text", ["", "abc", "é", "=" * 43, "A" * 44, base64.b64encode(b"x" * 31).decode()])
def test_another_text_is_refused_at_its_place(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        read_position(text)
    assert refused.value.errors[0].pointer == "/after"
