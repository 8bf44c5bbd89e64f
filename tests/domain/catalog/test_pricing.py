"""Prices and days of Bruno's logo with the options that Awa chooses."""

from uuid import UUID

import pytest

from orderhub.domain.catalog.errors import CurrencyMismatchError, OptionTwiceError, OptionUnknownError
from orderhub.domain.catalog.pricing import Line, PriceList, price_order
from orderhub.kit.ids import new_id
from orderhub.kit.money import Money

LOGO = Line(new_id(), "Logo vectoriel", 12_000, 5)
CARDS = Line(new_id(), "Cartes de visite", 4_500, 2)
EXPRESS = Line(new_id(), "Livraison express", 3_000, -4)
OVERNIGHT = Line(new_id(), "Dans la nuit", 9_000, -3)
OFFERED = PriceList("EUR", LOGO, (CARDS, EXPRESS, OVERNIGHT))


def test_a_listing_alone_costs_its_price_and_takes_its_days() -> None:
    priced = price_order(OFFERED, [])

    assert priced.lines == (LOGO,)
    assert priced.total == Money(12_000, "EUR")
    assert priced.days == 5


@pytest.mark.parametrize(
    ("chosen", "total", "days"),
    [
        ([CARDS], 16_500, 7),
        ([EXPRESS], 15_000, 1),
        ([EXPRESS, CARDS], 19_500, 3),
        ([CARDS, EXPRESS, OVERNIGHT], 28_500, 1),
    ],
)
def test_options_add_their_price_and_their_days_but_a_day_remains(chosen: list[Line], total: int, days: int) -> None:
    priced = price_order(OFFERED, [option.id for option in chosen])

    assert priced.lines == (LOGO, *chosen)
    assert (priced.total, priced.days) == (Money(total, "EUR"), days)


def test_an_option_of_somebody_else_is_named_by_its_place() -> None:
    with pytest.raises(OptionUnknownError) as refusal:
        price_order(OFFERED, [CARDS.id, new_id()])

    assert [place.pointer for place in refusal.value.errors] == ["/options/1"]


def test_an_option_is_chosen_once() -> None:
    with pytest.raises(OptionTwiceError) as refusal:
        price_order(OFFERED, [CARDS.id, EXPRESS.id, CARDS.id])

    assert [(place.pointer, place.code) for place in refusal.value.errors] == [("/options/2", "option_twice")]


def test_the_listing_itself_is_no_option() -> None:
    with pytest.raises(OptionUnknownError):
        price_order(OFFERED, [LOGO.id])


@pytest.mark.parametrize("currency", ["XOF", "CHF"])
def test_one_order_has_one_currency(currency: str) -> None:
    with pytest.raises(CurrencyMismatchError) as refusal:
        price_order(OFFERED, [], currency=currency)

    assert refusal.value.extras["currency"] == "EUR"


def test_ids_are_compared_by_value() -> None:
    assert price_order(OFFERED, [UUID(int=CARDS.id.int)], currency="EUR").days == 7
