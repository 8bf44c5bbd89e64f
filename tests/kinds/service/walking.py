"""How service orders are walked with at random."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from msgspec import structs

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By
from orderhub.kit.money import share
from tests.kinds.people import BRUNO
from tests.kinds.service.commands import euros
from tests.kinds.service.orders import standing
from tests.kinds.walking import Draw, Ledger, Walking, amounts
from tests.making.listings import QUESTION


def begin(status: str, number: int) -> OrderState:
    """With a question where it is two; always where its answer is waited for."""
    order = standing(status)
    if number == 1 and status != "awaiting_instructions":
        return order
    details = details_of(order)
    asked = structs.replace(details, questions=(QUESTION,), instructions_missing=details.accepted_at is None)
    return replace(order, details=asked)


def draw(order: OrderState, chance: Draw) -> Mapping[str, Any]:
    """A part of the price."""
    return {"amount": euros(chance(amounts(12_000, order.held)))}


def holds(_order: OrderState, _charged_back: int) -> None:
    """Nothing besides."""


def settled(order: OrderState, accounts: Ledger) -> None:
    """Nothing is pending; of what was released the hub has its commission and Bruno the rest."""
    assert not details_of(order).extras
    assert details_of(order).extension is None
    commission = accounts[ledger.COMMISSION]
    assert commission == share(order.released, order.commission_basis_points)
    assert accounts[ledger.payable(BRUNO)] == order.released - commission


WALKING: Final = Walking(
    people=(By.BUYER, By.SELLER, By.SUPPORT),
    begin=begin,
    draw=draw,
    by_chance=frozenset({"refund_part", "rule_split"}),
    rare=frozenset({"cancel", "decline", "report_problem"}),
    hours=(1, 5, 20, 30, 80, 200),
    takes_more=False,
    holds=holds,
    settled=settled,
)
