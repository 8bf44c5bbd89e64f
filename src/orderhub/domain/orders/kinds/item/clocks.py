"""The clocks of the item's table: pure functions from an order to its running deadlines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from orderhub.domain.orders.clocks import (
    BUYER,
    NOBODY,
    SELLER,
    cancellation,
    duration,
    in_status,
    postponable,
    postponed,
)
from orderhub.domain.orders.kinds.item.details import details_of
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.rules import DAYS, HOURS, MINUTES, DurationRule
from orderhub.domain.process import Clock, Deadline
from orderhub.kit.text import Label

DURATIONS: Final = {
    "item_approval": DurationRule(
        Label("Approbation automatique d’un article reçu", "Automatic approval of an item that has come"),
        HOURS,
        30 * DAYS,
    ),
    "item_cancellation": DurationRule(
        Label("Réponse à une annulation avant l’envoi", "Answer to a cancellation before sending"), HOURS, 14 * DAYS
    ),
    "parcel_lost": DurationRule(
        Label("Colis dont le transporteur ne dit rien", "Parcel of which its carrier says nothing"), DAYS, 60 * DAYS
    ),
    "reservation": DurationRule(
        Label("Paiement d’un article réservé", "Payment of an item that is reserved"), 5 * MINUTES, DAYS
    ),
    "return_answer": DurationRule(
        Label("Réponse à une demande de retour", "Answer to a request to send back"), HOURS, 14 * DAYS
    ),
    "return_receipt": DurationRule(
        Label("Réception automatique d’un retour livré", "Automatic receipt of what was sent back"), HOURS, 14 * DAYS
    ),
    "return_shipment": DurationRule(
        Label("Envoi d’un retour accepté", "Sending back what may be sent back"), DAYS, 30 * DAYS
    ),
    "shipment": DurationRule(
        Label("Envoi par le vendeur, en jours ouvrés", "Sending by the seller, in working days"),
        DAYS,
        20 * DAYS,
        whole_days=True,
    ),
    "trader_approval": DurationRule(
        Label("Rétractation chez un vendeur professionnel", "Withdrawal from what a trader sold"), 14 * DAYS, 60 * DAYS
    ),
}
"""How long they take: what each is for, and within which bounds staff set it."""


def _payment(order: OrderState) -> Sequence[Deadline]:
    """The reservation's minutes, or as long as the accepted offer runs."""
    due = order.clock_anchor + duration(order, "reservation")
    return (Deadline(order.clock_anchor, max(due, details_of(order).pay_by or due)),)


def ship_by(order: OrderState, paid_at: datetime) -> datetime:
    """Until when the seller sends: working days of the operator, as they were when the order was placed."""
    return details_of(order).calendar.add(paid_at, duration(order, "shipment").days)


def _shipment(order: OrderState) -> Sequence[Deadline]:
    return (Deadline(order.clock_anchor, ship_by(order, order.clock_anchor)),)


def _approval(order: OrderState) -> Sequence[Deadline]:
    return (postponed(order, "trader_approval" if details_of(order).trader else "item_approval"),)


def _return_receipt(order: OrderState) -> Sequence[Deadline]:
    returned = details_of(order).returned
    if returned is None or returned.delivered_at is None:
        return ()
    return (Deadline(returned.delivered_at, returned.delivered_at + duration(order, "return_receipt")),)


def _return_lost(order: OrderState) -> Sequence[Deadline]:
    returned = details_of(order).returned
    if returned is not None and returned.delivered_at is not None:
        return ()
    return (Deadline(order.clock_anchor, order.clock_anchor + duration(order, "parcel_lost")),)


PAYMENT = Clock(("reservation",), _payment, BUYER)
SHIPMENT = Clock(("shipment",), _shipment, SELLER)
CANCELLATION = cancellation("item_cancellation")
LOST = in_status("parcel_lost", NOBODY)
APPROVAL = Clock(("item_approval", "trader_approval"), _approval, BUYER)
RETURN_ANSWER = postponable("return_answer", SELLER)
RETURN_SHIPMENT = postponable("return_shipment", BUYER)
RETURN_RECEIPT = Clock(("return_receipt",), _return_receipt, SELLER)
RETURN_LOST = Clock(("parcel_lost",), _return_lost, NOBODY)
