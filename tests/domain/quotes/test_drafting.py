"""Chloé prices what Awa asked for: two lines of her cart, one that she adds, one that she can't find."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from orderhub.domain.proforma.draft import Fee
from orderhub.domain.proforma.errors import ProformaDatesError
from orderhub.domain.quotes.drafting import WrittenDraft, WrittenLine, completed
from orderhub.domain.quotes.errors import LineUnknownError
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id, parse_id, show_id

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
SHOES, WOK, LOST = (show_id("lin", new_id()) for _ in range(3))
SHOP = {"id": show_id("shp", new_id()), "name": "Sandaga Chaussures"}
ASKED: list[dict[str, Any]] = [
    {"id": SHOES, "shop": SHOP, "name": "Sandales", "url": "https://sandaga.example/s", "quantity": 2, "note": "39"},
    {"id": WOK, "shop": None, "name": "Wok", "url": None, "quantity": 1, "note": None},
    {"id": LOST, "shop": None, "name": "Mortier", "url": None, "quantity": 1, "note": None},
]
PAGE = "https://sandaga.example/boites"
SHOPS = {PAGE: SHOP}
SAID = WrittenDraft(
    currency="EUR",
    lines=(
        WrittenLine(SHOES, 4_590, 2000, "29 500 XOF"),
        WrittenLine(WOK, 3_000, 2000, None, name="Wok en fonte", quantity=3),
        WrittenLine(None, 350, 0, None, name="Boîte cadeau", url=PAGE),
    ),
    fees=(Fee("Frais de service", 900),),
    freight=None,
    deposit_percent=40,
    valid_for=None,
    purchase_by=TODAY + WEEK,
    arrive_by=date(2026, 12, 20),
    payment_instructions=(),
    remarks=None,
)


def test_a_line_is_as_it_was_asked_for_but_for_what_is_said_of_it() -> None:
    shoes, wok, _ = completed(SAID, ASKED, SHOPS, WEEK, TODAY).lines

    assert (shoes.shop, shoes.name, shoes.url, shoes.note) == (SHOP, "Sandales", "https://sandaga.example/s", "39")
    assert (shoes.quantity, shoes.unit_price, shoes.conversion_note) == (2, 4_590, "29 500 XOF")
    assert (wok.name, wok.quantity) == ("Wok en fonte", 3)


def test_a_line_may_be_added_and_one_left_out() -> None:
    lines = completed(SAID, ASKED, SHOPS, WEEK, TODAY).lines

    assert [line.id for line in lines[:2]] == [SHOES, WOK]
    assert parse_id("lin", lines[2].id) is not None
    assert (lines[2].name, lines[2].quantity, lines[2].shop) == ("Boîte cadeau", 1, SHOP)


def test_a_page_that_no_partner_shop_has_takes_the_shop_away() -> None:
    elsewhere = WrittenLine(SHOES, 4_590, 2000, None, url="https://ailleurs.example/sandales")

    (shoes,) = completed(replace(SAID, lines=(elsewhere,)), ASKED, SHOPS, WEEK, TODAY).lines
    assert (shoes.name, shoes.shop, shoes.url) == ("Sandales", None, "https://ailleurs.example/sandales")


@pytest.mark.parametrize(
    ("said", "expected"), [(None, WEEK), (timedelta(days=3), timedelta(days=3)), (timedelta(), timedelta())]
)
def test_it_is_valid_as_long_as_the_policy_says_or_as_staff_say(said: timedelta | None, expected: timedelta) -> None:
    assert completed(replace(SAID, valid_for=said), ASKED, SHOPS, WEEK, TODAY).valid_for == expected


@pytest.mark.parametrize(
    ("lines", "kind", "pointer"),
    [
        ((WrittenLine(show_id("lin", new_id()), 100, 0, None),), LineUnknownError, "/lines/0/id"),
        ((WrittenLine(SHOES, 100, 0, None), WrittenLine(SHOES, 200, 0, None)), LineUnknownError, "/lines/1/id"),
        ((WrittenLine(SHOES, 100, 0, None), WrittenLine(None, 200, 0, None)), InvalidError, "/lines/1/name"),
    ],
)
def test_lines_that_nobody_asked_for_are_refused(
    lines: tuple[WrittenLine, ...], kind: type[InvalidError], pointer: str
) -> None:
    with pytest.raises(kind) as refused:
        completed(replace(SAID, lines=lines), ASKED, SHOPS, WEEK, TODAY)

    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_nothing_is_promised_for_yesterday() -> None:
    with pytest.raises(ProformaDatesError):
        completed(SAID, ASKED, SHOPS, WEEK, TODAY + timedelta(days=1))
