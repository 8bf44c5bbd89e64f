"""What is said of lines, without a database."""

from uuid import UUID

import pytest

from orderhub.domain.carts.rules import (
    CART_EMPTY,
    DUPLICATE,
    FINDINGS,
    MIXED_CURRENCIES,
    SHOP_INACTIVE,
    SHOP_MISSING,
    SHOP_UNKNOWN,
    URL_MISSING,
    Finding,
    Line,
    LineKey,
    LineShop,
    findings_of,
    findings_of_cart,
    is_valid,
    twins,
)
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

BAZIN = LineShop(new_id(), "La Maison du Bazin", "XOF", active=True)
WAX = LineShop(new_id(), "Wax de Paris", "EUR", active=True)
GONE = LineShop(new_id(), "Partie ailleurs", "CHF", active=False)
PAGE = "https://maison-du-bazin.example/indigo"


def line(url: str | None, shop: LineShop | None, *, recognised: bool = False) -> Line:
    return Line(new_id(), "Bazin", url, 1, None, NOON, recognised, shop)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (line(PAGE, BAZIN, recognised=True), []),
        (line(None, BAZIN), [URL_MISSING]),
        (line(PAGE, None), [SHOP_UNKNOWN]),
        (line(PAGE, BAZIN), [SHOP_UNKNOWN]),
        (line(PAGE, GONE), [SHOP_INACTIVE]),
        (line(None, GONE), [SHOP_INACTIVE]),
        (line(None, None), [SHOP_MISSING]),
    ],
)
def test_every_case_of_page_and_shop(found: Line, expected: list[Finding]) -> None:
    assert findings_of(found, None) == expected
    assert findings_of(found, new_id()) == [*expected, DUPLICATE]
    assert is_valid(found) == (not any(finding.blocking for finding in expected))


def test_the_cart_as_a_whole() -> None:
    dakar, paris = line(PAGE, BAZIN, recognised=True), line(None, WAX)
    assert findings_of_cart([]) == [CART_EMPTY]
    assert findings_of_cart([dakar, dakar]) == []
    assert findings_of_cart([dakar, paris]) == [MIXED_CURRENCIES]
    assert findings_of_cart([dakar, line(None, GONE)]) == []


def line_key(name: str, url: str | None, note: str | None, shop: LineShop | None) -> LineKey:
    return LineKey(new_id(), url, name, note, shop and shop.id)


def test_twins_are_the_earliest_that_say_the_same() -> None:
    first = line_key("Bazin", PAGE, None, BAZIN)
    same_page = line_key("Autre nom", PAGE, None, None)
    same_name = line_key("Bazin", None, None, BAZIN)
    third = line_key("Autre nom", PAGE, None, BAZIN)
    unlike = [
        line_key("Bazin", PAGE, "Foncé", BAZIN),
        line_key("Bazin", None, None, WAX),
        line_key("Bazin", None, None, None),
        line_key("Bazin", None, None, None),
    ]
    found: dict[UUID, UUID] = dict(twins([first, same_page, *unlike, same_name, third]))
    assert found == {line.id: first.id for line in (same_page, same_name, third)}


def test_a_line_that_says_the_same_as_two_is_the_twin_of_the_earlier() -> None:
    by_name, by_page = line_key("Bazin", PAGE, None, BAZIN), line_key("Indigo", f"{PAGE}/2", None, BAZIN)
    both = line_key("Bazin", f"{PAGE}/2", None, BAZIN)
    assert twins([by_name, by_page, both]) == {both.id: by_name.id}
    assert twins([by_page, by_name, both]) == {both.id: by_page.id}


def test_findings_have_codes_of_their_own_in_both_languages() -> None:
    assert len({finding.code for finding in FINDINGS}) == len(FINDINGS)
    for finding in FINDINGS:
        assert finding.text.fr != finding.text.en
