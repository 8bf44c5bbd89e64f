"""A bank took the deposit back, its buyer paid again in part, then the bank lost: nothing of the balance is due."""

from typing import Any
from uuid import UUID

from orderhub.domain.orders import advance
from orderhub.domain.orders.kinds.kind import CAPTURE
from orderhub.domain.orders.kinds.sourced.details import due
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.process import By
from orderhub.kit.ids import new_id
from tests.kinds import RECIPES
from tests.kinds.people import ACTORS, NOW
from tests.kinds.sourced.orders import on_the_way

RECIPE = RECIPES["sourced"]


def taken(order: OrderState, by: By, action: str, payment: PaymentFacts | None = None, **said: Any) -> OrderState:
    command = RECIPE.saying(action, order, NOW, **said)
    return advance.take(order, ACTORS[by], action, NOW, command=command, payment=payment).order


def paid_again() -> OrderState:
    order = on_the_way("awaiting_balance")
    bank = PaymentFacts(UUID(order.funds[0]["payment_id"]), None, order.held, order.currency)
    order = taken(order, By.PROVIDER, "charge_back", bank)
    order = taken(taken(order, By.ADMIN, "resume"), By.BUYER, "submit_proof")
    received = {"amount": due(order) - 2, "currency": order.currency}
    return taken(taken(order, By.FINANCE, "record_part", received=received), By.PROVIDER, "win_charge_back", bank)


def test_what_was_paid_twice_is_refunded_and_nothing_is_asked_for() -> None:
    order = paid_again()
    assert (order.status, order.held) == ("awaiting_balance", order.total)
    assert RECIPE.kind.due(order) == ()


def test_a_payment_that_was_under_way_goes_back_whole_and_the_order_is_ready() -> None:
    order = paid_again()
    came = taken(order, By.PROVIDER, CAPTURE, PaymentFacts(new_id(), None, 1, order.currency))
    assert (came.status, came.held, came.refunded) == ("ready", order.total, order.refunded + 1)
    assert came.funds[-1]["held"] == 0
