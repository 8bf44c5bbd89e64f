"""How sourced orders are walked with at random."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.kinds.sourced.details import REVIEWS, details_of, due, sums
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By
from tests.kinds.sourced.orders import standing
from tests.kinds.walking import Draw, Ledger, Walking, amounts


def begin(status: str, number: int) -> OrderState:
    """With one line or two, and no more held than they cost."""
    order = standing(status)
    order.lines = order.lines[:number]
    order.total = total_of(order)
    if order.held > order.total:
        order.held = order.total
        order.funds = [{**order.funds[0], "held": order.total}]
    return order


def total_of(order: OrderState) -> int:
    """Of lines, fees and freight."""
    details = details_of(order)
    return sums(order, details.fees, details.freight)["total"]


def draw(order: OrderState, chance: Draw) -> Mapping[str, Any]:
    """Amounts, counts, fees; the freight as it was, or none."""

    def money(among: st.SearchStrategy[int]) -> dict[str, Any]:
        return {"amount": chance(among), "currency": order.currency}

    def counted(line: Mapping[str, Any]) -> dict[str, Any]:
        number = chance(st.integers(0, line["quantity"]))
        return {"line_id": line["id"], "supplier_reference": "SAN-1", "counted": number}

    return {
        "received": money(amounts(2 * due(order), due(order))),
        "amount": money(amounts(order.total, order.held)),
        "unit_price": money(st.integers(0, 9_000)),
        "quantity": chance(st.integers(1, 3)),
        "line_id": order.lines[chance(st.integers(0, len(order.lines) - 1))]["id"],
        "lines": [counted(line) for line in order.lines],
        "fees": [{"label": "Frais", "amount": chance(st.integers(0, 3_000)), "tax_basis_points": 550}],
        "freight": details_of(order).freight if chance(st.integers(0, 1)) else None,
    }


def holds(order: OrderState, charged_back: int) -> None:
    """The total is that of lines, fees and freight; what is ready is paid; a proof waits where it is looked at."""
    assert order.total == total_of(order) >= 0
    assert order.lines
    if order.status in ("ready", "out_for_delivery"):
        assert order.held + charged_back >= order.total
    proof = details_of(order).proof
    assert (proof is not None) == (order.status in REVIEWS or order.resume_status in REVIEWS)


def settled(order: OrderState, accounts: Ledger) -> None:
    """Nothing is pending; what was released is the house's."""
    assert (details_of(order).change, details_of(order).proof) == (None, None)
    assert accounts[ledger.SALES] == order.released


WALKING: Final = Walking(
    people=(By.BUYER, By.SUPPORT, By.FINANCE, By.ADMIN, By.TRACKING),
    begin=begin,
    draw=draw,
    by_chance=frozenset(
        {"confirm_deposit", "confirm_balance", "record_part", "rule_split", "propose_change", "receive", "purchase"}
    ),
    rare=frozenset({"cancel", "approve", "rule_refund", "rule_release", "rule_split", "accept_cancellation"}),
    hours=(6, 24, 73, 500, 740),
    takes_more=True,
    holds=holds,
    settled=settled,
)
