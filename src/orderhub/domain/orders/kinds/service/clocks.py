"""The clocks of the service's table: pure functions from an order to its running deadlines."""

from collections.abc import Sequence

from orderhub.domain.orders.clocks import BUYER, NOBODY, SELLER, cancellation, duration, in_status, postponable
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By, Clock, Deadline


def _acceptance(waits_for: frozenset[By]) -> Clock:
    """48 h in the status, 14 d in all since the payment."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        due = order.clock_anchor + duration(order, "acceptance")
        if order.paid_at is not None:
            due = min(due, order.paid_at + order.clock_shift + duration(order, "acceptance_in_all"))
        return (Deadline(order.clock_anchor, due),)

    return Clock(("acceptance", "acceptance_in_all"), deadlines, waits_for)


def _freeze(order: OrderState) -> Sequence[Deadline]:
    if details_of(order).frozen_at is not None or order.paid_at is None:
        return ()
    return (Deadline(order.paid_at, order.paid_at + order.clock_shift + duration(order, "freeze")),)


def _extension(order: OrderState) -> Sequence[Deadline]:
    request = details_of(order).extension
    if request is None:
        return ()
    return (Deadline(request.at, request.at + duration(order, "extension"), request.id),)


def _extras(order: OrderState) -> Sequence[Deadline]:
    length = duration(order, "extra")
    return tuple(Deadline(extra.at, extra.at + length, extra.id) for extra in details_of(order).extras)


PAYMENT = in_status("payment", BUYER)
INSTRUCTIONS = _acceptance(BUYER)
ACCEPTANCE = _acceptance(SELLER)
APPROVAL = postponable("approval")
REVISION = in_status("revision", SELLER)
CANCELLATION = cancellation("cancellation")
EXTENSION = Clock(("extension",), _extension, BUYER)
EXTRA = Clock(("extra",), _extras, BUYER)
FREEZE = Clock(("freeze",), _freeze, NOBODY)
