"""Handles: which are accepted, and what is made of a display name."""

import re

import pytest

from orderhub.domain.accounts.handles import (
    LONGEST,
    PATTERN,
    check_handle,
    erased_handle,
    is_reserved,
    suggest_handles,
)
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id


@pytest.mark.parametrize("handle", ["awa", "bruno_75", "chloe.martin", "_x_", "a" * 30])
def test_a_handle_is_accepted(handle: str) -> None:
    check_handle(handle)


@pytest.mark.parametrize(
    ("handle", "code"),
    [
        ("aw", "invalid_handle"),
        ("a" * 31, "invalid_handle"),
        ("Awa", "invalid_handle"),
        ("awa!", "invalid_handle"),
        ("awa.", "invalid_handle"),
        (".awa", "invalid_handle"),
        ("chloé", "invalid_handle"),
        ("awa\n", "invalid_handle"),
        ("admin", "reserved_handle"),
        ("orderhub_support", "reserved_handle"),
        ("erased_123", "reserved_handle"),
        ("0612345678", "contact_details"),
        ("awa_06.12.34.56.78", "contact_details"),
    ],
)
def test_a_handle_is_refused(handle: str, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        check_handle(handle)
    assert refusal.value.errors[0].code == code


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Chloé Martin", "chloe.martin"),
        ("  N'Guessan  Koffi ", "n.guessan.koffi"),
        ("李", "membre"),
        ("Jo", "jomembre"),
        ("Anne-Charlotte de la Rochefoucauld-Montbel", "anne.charlotte.de.la.rochefouc"),
    ],
)
def test_a_display_name_gives_a_handle(name: str, first: str) -> None:
    suggested = suggest_handles(name)
    assert suggested[0] == first
    assert all(re.fullmatch(PATTERN, handle) for handle in suggested)


def test_a_display_name_never_gives_a_reserved_handle() -> None:
    suggested = suggest_handles("Admin")
    assert suggested
    assert not any(is_reserved(handle) for handle in suggested)


def test_an_erased_handle_fits_and_cannot_be_chosen() -> None:
    handle = erased_handle(new_id())
    assert len(handle) <= LONGEST
    assert is_reserved(handle)
