"""The clocks of the order tables: pure functions from an order to its running deadlines.

Durations are those that were copied onto the order when it was placed. Every clock counts from an
instant on the order's row, so that the deadlines can always be computed again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By, Clock, Deadline
from orderhub.kit.text import parse_duration

BUYER = frozenset({By.BUYER})
SELLER = frozenset({By.SELLER})
NOBODY: frozenset[By] = frozenset()


def duration(order: OrderState, name: str) -> timedelta:
    """A duration of the order's own terms."""
    return parse_duration(order.terms[name])


def _in_status(name: str, waits_for: frozenset[By]) -> Clock:
    def deadlines(order: OrderState) -> Sequence[Deadline]:
        return (Deadline(order.clock_anchor, order.clock_anchor + duration(order, name)),)

    return Clock((name,), deadlines, waits_for)


def _acceptance(waits_for: frozenset[By]) -> Clock:
    """48 h in the status, 14 d in all since the payment."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        due = order.clock_anchor + duration(order, "acceptance")
        if order.paid_at is not None:
            due = min(due, order.paid_at + order.clock_shift + duration(order, "acceptance_in_all"))
        return (Deadline(order.clock_anchor, due),)

    return Clock(("acceptance", "acceptance_in_all"), deadlines, waits_for)


def postponable(name: str) -> Clock:
    """The wait before an automatic release, postponed at most once by a reported problem."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        due = order.clock_anchor + duration(order, name)
        if order.postponed_at is not None and order.postponed_at >= order.clock_anchor:
            due += duration(order, "postponement")
        return (Deadline(order.clock_anchor, due),)

    return Clock((name,), deadlines, BUYER)


def _freeze(order: OrderState) -> Sequence[Deadline]:
    if order.frozen_at is not None or order.paid_at is None:
        return ()
    return (Deadline(order.paid_at, order.paid_at + order.clock_shift + duration(order, "freeze")),)


def _request(kind: str) -> Clock:
    def deadlines(order: OrderState) -> Sequence[Deadline]:
        request = order.cancellation if kind == "cancellation" else order.extension
        if request is None:
            return ()
        at = datetime.fromisoformat(request["at"])
        return (Deadline(at, at + duration(order, kind), UUID(request["id"])),)

    return Clock((kind,), deadlines, SELLER if kind == "cancellation" else BUYER)


def _extras(order: OrderState) -> Sequence[Deadline]:
    length = duration(order, "extra")
    return tuple(
        Deadline(at, at + length, UUID(extra["id"]))
        for extra in order.unpaid_extras()
        for at in (datetime.fromisoformat(extra["at"]),)
    )


PAYMENT = _in_status("payment", BUYER)
INSTRUCTIONS = _acceptance(BUYER)
ACCEPTANCE = _acceptance(SELLER)
APPROVAL = postponable("approval")
REVISION = _in_status("revision", SELLER)
CANCELLATION = _request("cancellation")
EXTENSION = _request("extension")
EXTRA = Clock(("extra",), _extras, BUYER)
FREEZE = Clock(("freeze",), _freeze, NOBODY)
