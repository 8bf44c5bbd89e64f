"""What a credit note takes off is exact, to the minor unit, over every tax rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderhub.domain.documents.credits import credit_part, credit_whole
from orderhub.kit.money import share
from tests.making import documents


def test_the_whole_invoice_is_its_own_lines() -> None:
    invoice = documents.final_invoice()
    credited = credit_whole(invoice)
    assert (credited["lines"], credited["total"]) == (invoice["lines"], invoice["total"])
    assert credited["payment_instructions"] == []


@given(
    st.integers(1, 78_307),
    st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from([0, 210, 550, 1000, 2000])), min_size=1, max_size=6),
)
def test_a_part_is_exact(amount: int, prices: list[tuple[int, int]]) -> None:
    lines = [documents.article(n, price, tax_basis_points=rate) for n, (price, rate) in enumerate(prices)]
    invoice = documents.priced_content(lines=[*lines, documents.article(9, 78_307)], fees=(), freight=None)
    credited = credit_part(invoice, amount, "Geste commercial")
    assert credited["total"] == amount
    assert credited["goods"] + credited["tax_total"] == amount
    rates = {tax["basis_points"]: tax for tax in invoice["taxes"]}
    for tax in credited["taxes"]:
        assert (
            0
            <= tax["base"] + tax["amount"]
            <= rates[tax["basis_points"]]["base"] + rates[tax["basis_points"]]["amount"]
        )
        assert abs(share(tax["base"], tax["basis_points"]) - tax["amount"]) <= 1
    assert [line["amount"] for line in credited["lines"]] == [tax["base"] for tax in credited["taxes"]]


def test_taking_everything_by_parts_takes_every_tax() -> None:
    invoice = documents.final_invoice()
    credited = credit_part(invoice, invoice["total"], "Tout")
    assert credited["taxes"] == invoice["taxes"]


@pytest.mark.parametrize("amount", [0, -1, 78_308])
def test_more_than_the_invoice_is_no_part(amount: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        credit_part(documents.final_invoice(), amount, "Trop")
