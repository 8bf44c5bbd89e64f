"""How a listing moves between its states, what it needs to be on show, and how its questions must be."""

from itertools import product
from typing import Any

import pytest

from orderhub.domain.catalog.categories import CATEGORIES
from orderhub.domain.catalog.errors import ListingClosedError, ListingIncompleteError, ListingMoveError
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.parts import check_complete
from orderhub.domain.catalog.rules import MOVES, check_move, check_open, check_questions
from orderhub.kit.errors import InvalidError

ALLOWED = {
    ("draft", "active"),
    ("draft", "closed"),
    ("active", "paused"),
    ("active", "closed"),
    ("paused", "active"),
    ("paused", "closed"),
    ("sold", "closed"),
}


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(ListingState)
    assert {(start.value, end.value) for start, ends in MOVES.items() for end in ends} == ALLOWED


@pytest.mark.parametrize(("start", "end"), list(product(ListingState, ListingState)))
def test_only_the_listed_moves_are_possible(start: ListingState, end: ListingState) -> None:
    if start == end or (start.value, end.value) in ALLOWED:
        check_move(start, end)
    else:
        with pytest.raises(ListingMoveError) as refusal:
            check_move(start, end)
        assert refusal.value.extras["state"] == start


def listing(**parts: Any) -> Listing:
    complete = {
        "kind": "service",
        "state": "draft",
        "description": "Trois pistes, fichiers vectoriels.",
        "category": "graphic_design",
        "price": 12_000,
        "days": 5,
    }
    return Listing(**(complete | parts))


def test_a_complete_listing_may_be_shown() -> None:
    check_complete(listing())


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"description": ""}, ["/description"]),
        ({"category": None}, ["/category"]),
        ({"price": None}, ["/price"]),
        ({"days": None}, ["/days"]),
        ({"price": None, "days": None, "category": None}, ["/category", "/price", "/days"]),
    ],
)
def test_what_is_missing_is_named(parts: dict[str, Any], missing: list[str]) -> None:
    with pytest.raises(ListingIncompleteError) as refusal:
        check_complete(listing(**parts))

    assert [place.pointer for place in refusal.value.errors] == missing


def test_a_service_costs_something() -> None:
    check_complete(listing(price=1))
    with pytest.raises(ListingIncompleteError) as refusal:
        check_complete(listing(price=0))
    assert [place.pointer for place in refusal.value.errors] == ["/price"]


def test_a_closed_listing_stays_as_it_is() -> None:
    check_open(listing(state="paused"))
    with pytest.raises(ListingClosedError):
        check_open(listing(state="closed"))


def question(**parts: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": "brief", "label": "Votre activité ?", "kind": "text", "required": True}
    plain["choices"] = []
    return plain | parts


@pytest.mark.parametrize(
    ("questions", "pointer"),
    [
        ([question(), question()], "/questions/1/id"),
        ([question(choices=["Oui"])], "/questions/0/choices"),
        ([question(kind="file", choices=["Oui", "Non"])], "/questions/0/choices"),
        ([question(kind="choice")], "/questions/0/choices"),
        ([question(kind="choice", choices=["Bleu"])], "/questions/0/choices"),
        ([question(), question(id="style", kind="choice", choices=["Bleu", "Bleu"])], "/questions/1/choices"),
        ([question(kind="choice", choices=["Sobre", "06 12 34 56 78"])], "/questions/0/choices"),
    ],
)
def test_bad_questions_are_refused_at_their_place(questions: list[dict[str, Any]], pointer: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        check_questions(questions)

    assert [place.pointer for place in refusal.value.errors] == [pointer]


def test_good_questions_pass() -> None:
    check_questions([question(), question(id="style", kind="choice", choices=["Sobre", "Coloré"])])


def test_categories_are_labelled_in_both_languages_and_unique() -> None:
    codes = [category.code for category in CATEGORIES]
    assert len(codes) == len(set(codes))
    assert all(category.label.fr and category.label.en for category in CATEGORIES)
