"""Clocks that the tables of several kinds share: pure functions from an order to its running deadlines.

Durations are those that were copied onto the order when it was placed. Every clock counts from an
instant on the order's row, so that the deadlines can always be computed again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import DAYS, HOURS, MINUTES, DurationRule
from orderhub.domain.process import By, Clock, Deadline
from orderhub.kit.text import Label, parse_duration

DURATIONS: Final = {
    "approval": DurationRule(
        Label("Approbation automatique d’une livraison", "Automatic approval of a delivery"), HOURS, 60 * DAYS
    ),
    "payment": DurationRule(Label("Paiement d’une commande", "Payment of an order"), 15 * MINUTES, 14 * DAYS),
    "postponement": DurationRule(
        Label("Report après un problème signalé", "Postponement after a reported problem"), HOURS, 30 * DAYS
    ),
}
"""How long they take: what each is for, and within which bounds staff set it."""


BUYER = frozenset({By.BUYER})
SELLER = frozenset({By.SELLER})
NOBODY: frozenset[By] = frozenset()


def duration(order: OrderState, name: str) -> timedelta:
    """A duration of the order's own terms."""
    return parse_duration(order.terms[name])


def in_status(name: str, waits_for: frozenset[By]) -> Clock:
    """A wait since the order came to its status."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        return (Deadline(order.clock_anchor, order.clock_anchor + duration(order, name)),)

    return Clock((name,), deadlines, waits_for)


def postponable(name: str, waits_for: frozenset[By] = BUYER) -> Clock:
    """The wait before an automatic release, postponed at most once by a reported problem."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        return (postponed(order, name),)

    return Clock((name,), deadlines, waits_for)


def postponed(order: OrderState, name: str) -> Deadline:
    """Such a wait since the order came to its status."""
    due = order.clock_anchor + duration(order, name)
    if order.postponed_at is not None and order.postponed_at >= order.clock_anchor:
        due += duration(order, "postponement")
    return Deadline(order.clock_anchor, due)


def cancellation(name: str) -> Clock:
    """The wait for the seller's answer to a request to cancel."""

    def deadlines(order: OrderState) -> Sequence[Deadline]:
        request = order.cancellation
        if request is None:
            return ()
        at = datetime.fromisoformat(request["at"])
        return (Deadline(at, at + duration(order, name), UUID(request["id"])),)

    return Clock((name,), deadlines, SELLER)
