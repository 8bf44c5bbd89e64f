"""The clocks of the service's table: pure functions from an order to its running deadlines."""

from collections.abc import Sequence
from typing import Final

from orderhub.domain.orders.clocks import BUYER, NOBODY, SELLER, cancellation, duration, in_status, postponable
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import DAYS, HOURS, MINUTES, DurationRule
from orderhub.domain.process import By, Clock, Deadline
from orderhub.kit.text import Label

DURATIONS: Final = {
    "acceptance": DurationRule(
        Label("Attente du vendeur ou des instructions", "Wait for the seller or the instructions"), HOURS, 30 * DAYS
    ),
    "acceptance_in_all": DurationRule(
        Label("Attente totale avant le début", "All waits before work begins"), HOURS, 90 * DAYS
    ),
    "cancellation": DurationRule(
        Label("Réponse à une demande d’annulation", "Answer to a request to cancel"), HOURS, 30 * DAYS
    ),
    "extension": DurationRule(
        Label("Réponse à une demande de délai", "Answer to a request for more time"), HOURS, 30 * DAYS
    ),
    "extra": DurationRule(Label("Paiement d’un supplément", "Payment of an extra"), 15 * MINUTES, 14 * DAYS),
    "freeze": DurationRule(
        Label("Gel d’une commande trop longue", "Freeze of an order that lasts too long"), 30 * DAYS, 170 * DAYS
    ),
    "revision": DurationRule(
        Label("Réponse à une demande de retouche", "Answer to a request for a revision"), HOURS, 30 * DAYS
    ),
}
"""How long they take: what each is for, and within which bounds staff set it."""


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
