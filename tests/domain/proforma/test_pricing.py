"""Awa's proforma: shoes from Dakar, a wok from Lomé, olive oil from Tunis, priced by Chloé."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderhub.domain.proforma.draft import (
    DraftLine,
    Fee,
    FlatFreight,
    Freight,
    FreightByWeight,
    PaymentInstruction,
    ProformaDraft,
)
from orderhub.domain.proforma.errors import ProformaAmountError, ProformaDatesError
from orderhub.domain.proforma.pricing import changed_line, priced, priced_fees, priced_freight, totals
from orderhub.kit.errors import InvalidError
from orderhub.kit.money import MAX_AMOUNT

SHOES = DraftLine(
    "lin_1", {"id": "shp_1", "name": "Sandaga Chaussures"}, "Sandales", None, "Pointure 39", 2, 14_990, 2000
)
WOK = DraftLine(
    "lin_2", None, "Wok en fonte", "https://cuisine.example/wok", None, 1, 33_333, 2000, "21 865 XOF à 1,52"
)
BOOK = DraftLine("lin_3", None, "Livre de cuisine", None, None, 3, 1_999, 550)
DRAFT = ProformaDraft(
    currency="EUR",
    lines=(SHOES, WOK, BOOK),
    fees=(Fee("Frais de service", 2_500, 2000), Fee("Douane", 1_234)),
    freight=FreightByWeight(3_450, 890, 2000),
    deposit_percent=30,
    valid_for=timedelta(days=7),
    purchase_by=date(2026, 12, 1),
    arrive_by=date(2026, 12, 20),
    payment_instructions=(PaymentInstruction("mobile_money", "Wave", "+221 77 000 00 00"),),
    remarks="Les sandales taillent petit.",
)


def test_every_amount_and_total_follows_from_the_draft() -> None:
    content = priced(DRAFT)

    assert [line["amount"] for line in content["lines"]] == [29_980, 33_333, 5_997]
    assert content["freight"]["amount"] == 3_070  # 3.45 kg at 8.90: 30.705, to the even cent
    assert (content["goods"], content["fees_total"], content["freight_total"]) == (69_310, 3_734, 3_070)
    assert content["taxes"] == [
        {"basis_points": 0, "base": 1_234, "amount": 0},
        {"basis_points": 550, "base": 5_997, "amount": 330},
        {"basis_points": 2000, "base": 68_883, "amount": 13_777},
    ]
    assert (content["tax_total"], content["total"]) == (14_107, 90_221)
    assert (content["deposit"], content["balance"]) == (27_066, 63_155)


def test_what_was_said_is_kept_as_it_is_printed() -> None:
    content = priced(DRAFT)

    assert content["lines"][0]["shop"] == {"id": "shp_1", "name": "Sandaga Chaussures"}
    assert content["lines"][1]["conversion_note"] == "21 865 XOF à 1,52"
    assert (content["valid_for"], content["purchase_by"], content["arrive_by"]) == ("P7D", "2026-12-01", "2026-12-20")
    assert content["payment_instructions"] == [
        {"method": "mobile_money", "label": "Wave", "details": "+221 77 000 00 00"}
    ]
    assert content["freight"] == {
        "basis": "weight",
        "amount": 3_070,
        "weight_grams": 3_450,
        "rate_per_kg": 890,
        "tax_basis_points": 2000,
    }


@pytest.mark.parametrize("currency", ["XOF", "XAF", "EUR", "CHF", "TND"])
def test_minor_units_are_whole_whatever_the_decimals_of_the_currency(currency: str) -> None:
    content = priced(replace(DRAFT, currency=currency, deposit_percent=33))

    # The same minor units make the same totals: the decimals are a matter of showing them.
    assert (content["total"], content["deposit"]) == (90_221, 29_773)


def test_a_tax_is_rounded_once_for_its_rate_and_to_the_even_unit() -> None:
    # Each line alone would round 0.5 down to 0 three times; together they are 1.5, which is 2.
    lines = (replace(BOOK, id="a", quantity=1, unit_price=5, tax_basis_points=1000),) * 3

    assert priced(replace(DRAFT, lines=lines, fees=(), freight=None))["taxes"] == [
        {"basis_points": 1000, "base": 15, "amount": 2}
    ]


def test_a_deposit_is_at_least_one_unit_and_at_most_the_whole() -> None:
    penny = replace(DRAFT, lines=(replace(BOOK, quantity=1, unit_price=1, tax_basis_points=0),), fees=(), freight=None)

    assert priced(replace(penny, deposit_percent=1))["deposit"] == 1
    assert priced(replace(DRAFT, deposit_percent=100))["balance"] == 0


@pytest.mark.parametrize(
    ("freight", "expected"),
    [
        (None, None),
        (
            FlatFreight(4_000, 2000),
            {"basis": "flat", "weight_grams": None, "rate_per_kg": None, "amount": 4_000, "tax_basis_points": 2000},
        ),
        (
            FreightByWeight(500, 3),
            {"basis": "weight", "weight_grams": 500, "rate_per_kg": 3, "amount": 2, "tax_basis_points": 0},
        ),
    ],
)
def test_freight_is_none_flat_or_by_weight(freight: Freight | None, expected: dict[str, Any] | None) -> None:
    assert priced_freight(freight) == expected


def test_a_counted_shortfall_and_a_new_price_change_the_amount_of_a_line() -> None:
    shoes = priced(DRAFT)["lines"][0]

    assert changed_line(shoes, quantity=1)["amount"] == 14_990
    assert changed_line(shoes, unit_price=10_000, name="Espadrilles")["amount"] == 20_000
    assert shoes["amount"] == 29_980


@pytest.mark.parametrize(
    ("changes", "kind", "pointer"),
    [
        ({"currency": "XYZ"}, InvalidError, "/currency"),
        ({"lines": ()}, InvalidError, "/lines"),
        ({"deposit_percent": 0}, ProformaAmountError, "/deposit_percent"),
        ({"deposit_percent": 101}, ProformaAmountError, "/deposit_percent"),
        ({"valid_for": timedelta(minutes=59)}, ProformaDatesError, "/valid_for"),
        ({"valid_for": timedelta(days=90, seconds=1)}, ProformaDatesError, "/valid_for"),
        ({"arrive_by": date(2026, 11, 30)}, ProformaDatesError, "/arrive_by"),
        ({"lines": (WOK, replace(SHOES, quantity=2, unit_price=MAX_AMOUNT))}, ProformaAmountError, "/lines/1"),
        ({"fees": (Fee("Douane", MAX_AMOUNT + 1),)}, ProformaAmountError, "/fees/0"),
        ({"freight": FreightByWeight(2_000, MAX_AMOUNT)}, ProformaAmountError, "/freight"),
        ({"lines": (replace(SHOES, quantity=1, unit_price=MAX_AMOUNT),)}, ProformaAmountError, "/lines"),
        (
            {"lines": (replace(SHOES, unit_price=0),), "fees": (), "freight": None},
            ProformaAmountError,
            "/lines",
        ),
    ],
)
def test_what_does_not_add_up_is_refused_where_it_stands(
    changes: dict[str, Any], kind: type[InvalidError], pointer: str
) -> None:
    with pytest.raises(kind) as refused:
        priced(replace(DRAFT, **changes))

    assert [error.pointer for error in refused.value.errors] == [pointer]


rates = st.sampled_from([0, 210, 550, 700, 1000, 1800, 1900, 1925, 2000, 10_000]) | st.integers(0, 10_000)
lines = st.builds(
    DraftLine,
    id=st.just("lin_x"),
    shop=st.none(),
    name=st.just("Article"),
    url=st.none(),
    note=st.none(),
    quantity=st.integers(1, 9_999),
    unit_price=st.integers(0, 10_000_000),
    tax_basis_points=rates,
)
fees = st.builds(Fee, label=st.just("Frais"), amount=st.integers(0, 10_000_000), tax_basis_points=rates)
freights = (
    st.none()
    | st.builds(FlatFreight, amount=st.integers(0, 10_000_000), tax_basis_points=rates)
    | st.builds(
        FreightByWeight,
        weight_grams=st.integers(1, 1_000_000),
        rate_per_kg=st.integers(0, 1_000_000),
        tax_basis_points=rates,
    )
)


@given(st.lists(lines, min_size=1, max_size=12), st.lists(fees, max_size=4), freights, st.integers(1, 100))
def test_the_sums_agree_with_exact_fractions(
    drafted: list[DraftLine], fees: list[Fee], freight: Freight | None, percent: int
) -> None:
    asked = [changed_line({"quantity": line.quantity, "unit_price": line.unit_price} | _rate(line)) for line in drafted]
    found = totals(asked, priced_fees(fees), priced_freight(freight), percent)

    assert found["total"] == found["goods"] + found["fees_total"] + found["freight_total"] + found["tax_total"]
    assert sum(tax["base"] for tax in found["taxes"]) == found["total"] - found["tax_total"]
    assert [tax["basis_points"] for tax in found["taxes"]] == sorted({tax["basis_points"] for tax in found["taxes"]})
    for tax in found["taxes"]:
        # Python rounds a fraction half to even by itself: another way to the same number.
        assert tax["amount"] == round(Fraction(tax["base"] * tax["basis_points"], 10_000))
    assert found["deposit"] + found["balance"] == found["total"]
    assert min(found["total"], 1) <= found["deposit"] <= found["total"]
    assert abs(found["deposit"] - Fraction(found["total"] * percent, 100)) <= 1


@given(st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_freight_by_weight_is_exact_to_half_a_unit(grams: int, rate: int) -> None:
    freight = priced_freight(FreightByWeight(grams, rate))

    assert freight is not None
    assert freight["amount"] == round(Fraction(grams * rate, 1000))


@given(st.permutations([SHOES, WOK, BOOK]))
def test_the_order_of_the_lines_changes_no_total(order: list[DraftLine]) -> None:
    straight, shuffled = priced(DRAFT), priced(replace(DRAFT, lines=tuple(order)))

    assert {**shuffled, "lines": None} == {**straight, "lines": None}


def _rate(line: DraftLine) -> dict[str, int]:
    return {"tax_basis_points": line.tax_basis_points}
