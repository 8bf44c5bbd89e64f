"""An order in memory, led along a recipe's way by the pure half of the engine."""

from datetime import datetime, timedelta
from uuid import UUID

from orderhub.domain.orders import advance, timers
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.process import By
from orderhub.kit.ids import new_id
from tests.kinds.cases import Case
from tests.kinds.people import ACTORS, NOW


def order_at(case: Case) -> tuple[OrderState, datetime]:
    """An order that stands where the case's row can be taken, and when."""
    recipe = case.recipe
    order, now = recipe.placed(**recipe.settings_of(case.row)), NOW
    for step in case.steps:
        who, what = step.split()
        if who == "time":
            now += timedelta(hours=int(what))
            continue
        by, request_id = By(who), None
        if by is By.CLOCK:
            timer = next(timer for timer in timers.running(order) if timer.action == what)
            now, request_id = timer.due, timer.request_id
        payment = _payment(case, order, what) if by is By.PROVIDER else None
        said = recipe.saying(what, order, now)
        change = advance.take(order, ACTORS[by], what, now, command=said, payment=payment, request_id=request_id)
        order = change.order
    return order, now


def _payment(case: Case, order: OrderState, action: str) -> PaymentFacts:
    """What the provider says of a payment that is due, or that the bank took back."""
    if action in ("charge_back", "win_charge_back"):
        return PaymentFacts(UUID(order.funds[0]["payment_id"]), None, 1_000, order.currency)
    of_extra = action == "confirm_extra"
    due = next(one for one in case.recipe.kind.due(order) if (one.extra_id is not None) == of_extra)
    return PaymentFacts(new_id(), due.extra_id, due.amount, due.currency)
