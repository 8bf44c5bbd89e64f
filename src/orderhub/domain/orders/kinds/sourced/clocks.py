"""The clocks of the sourced table: pure functions from an order to its running deadlines."""

from collections.abc import Sequence
from typing import Final

from orderhub.domain.orders.clocks import BUYER, cancellation, duration, postponable
from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import DAYS, HOURS, DurationRule
from orderhub.domain.process import Clock, Deadline
from orderhub.kit.text import Label

_REMINDERS: Final = ("first_unpaid_reminder", "second_unpaid_reminder", "third_unpaid_reminder")


DURATIONS: Final = {
    "change": DurationRule(
        Label("Réponse à une modification proposée", "Answer to a proposed change"), HOURS, 30 * DAYS
    ),
    "deposit": DurationRule(Label("Paiement de l’acompte", "Payment of the deposit"), HOURS, 30 * DAYS),
    "escalation": DurationRule(
        Label("Solde impayé ou commande non retirée", "Balance unpaid or order unclaimed"), 7 * DAYS, 180 * DAYS
    ),
    "first_unpaid_reminder": DurationRule(
        Label("Premier rappel de solde ou de retrait", "First reminder to pay or to fetch"), DAYS, 180 * DAYS
    ),
    "receipt": DurationRule(
        Label("Réception automatique d’une livraison", "Automatic receipt of a delivery"), HOURS, 60 * DAYS
    ),
    "second_unpaid_reminder": DurationRule(
        Label("Deuxième rappel de solde ou de retrait", "Second reminder to pay or to fetch"), DAYS, 180 * DAYS
    ),
    "sourced_cancellation": DurationRule(
        Label("Réponse à une annulation avant achat", "Answer to a cancellation before purchase"), HOURS, 30 * DAYS
    ),
    "third_unpaid_reminder": DurationRule(
        Label("Troisième rappel de solde ou de retrait", "Third reminder to pay or to fetch"), DAYS, 180 * DAYS
    ),
}
"""How long they take: what each is for, and within which bounds staff set it."""


def _deposit(order: OrderState) -> Sequence[Deadline]:
    """The later of the validity's end and the time that this status gives."""
    due = max(details_of(order).valid_until, order.clock_anchor + duration(order, "deposit"))
    return (Deadline(order.clock_anchor, due),)


def _change(order: OrderState) -> Sequence[Deadline]:
    change = details_of(order).change
    if change is None:
        return ()
    return (Deadline(change.at, change.at + duration(order, "change"), change.id),)


def _escalation(order: OrderState) -> Sequence[Deadline]:
    anchor = order.clock_anchor
    reminders = tuple(anchor + duration(order, name) for name in _REMINDERS)
    return (Deadline(anchor, anchor + duration(order, "escalation"), None, reminders),)


DEPOSIT = Clock(("deposit",), _deposit, BUYER)
CANCELLATION = cancellation("sourced_cancellation")
CHANGE = Clock(("change",), _change, BUYER)
ESCALATION = Clock(("escalation", *_REMINDERS), _escalation, BUYER)
RECEIPT = postponable("receipt")
