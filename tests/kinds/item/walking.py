"""How orders of items are walked with at random."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.kinds.item.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By
from orderhub.kit.money import share
from tests.kinds.item.commands import ABROAD, ADDRESS, euros, photo
from tests.kinds.item.orders import standing
from tests.kinds.people import BRUNO
from tests.kinds.walking import Draw, Ledger, Walking, amounts

_REASONS: Final = ("not_as_described", "damaged", "changed_mind")


def begin(status: str, number: int) -> OrderState:
    """Of one item that fits, or of two of a trader's that don't."""
    return standing(status) if number == 1 else standing(status, fits=False, trader=True, items=2)


def draw(order: OrderState, chance: Draw) -> Mapping[str, Any]:
    """A part of the price, why it goes back with photos or without, and where to."""
    shown = (photo(),) if chance(st.integers(0, 1)) else ()
    return {
        "amount": euros(chance(amounts(order.total, order.held))),
        "reason": _REASONS[chance(st.integers(0, 2))],
        "photos": shown,
        "address": ABROAD if chance(st.integers(0, 1)) else ADDRESS,
    }


def holds(order: OrderState, _charged_back: int) -> None:
    """The parts of the total stay; what comes back is known of."""
    price = sum(item.price for item in details_of(order).items)
    assert order.total == price + order.shipping + order.fee
    if order.status.startswith("return_"):
        assert details_of(order).returned is not None


def settled(order: OrderState, accounts: Ledger) -> None:
    """What was released is the seller's, but for the commission on the price, and the hub's fee."""
    sold = accounts[ledger.payable(BRUNO)] + accounts[ledger.COMMISSION]
    assert sold + accounts[ledger.FEES] == order.released
    assert sold <= order.total - order.fee
    price = order.total - order.fee - order.shipping
    assert accounts[ledger.COMMISSION] <= share(price, order.commission_basis_points)
    if order.refunded:
        assert accounts[ledger.FEES] == 0
    if order.status == "returned" and order.released:
        assert (order.released, accounts[ledger.COMMISSION]) == (order.shipping, 0)


WALKING: Final = Walking(
    people=(By.BUYER, By.SELLER, By.SUPPORT, By.TRACKING),
    begin=begin,
    draw=draw,
    by_chance=frozenset({"rule_split", "change_address", "request_return", "contest_return"}),
    rare=frozenset({"cancel", "approve", "report_problem", "accept_cancellation", "refund_without_return"}),
    hours=(1, 20, 60, 80, 130, 400),
    takes_more=False,
    holds=holds,
    settled=settled,
)
