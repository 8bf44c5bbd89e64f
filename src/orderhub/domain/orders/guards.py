"""Guards that the tables of several kinds share: named conditions over the locked row, pure.

While asking what is available there is no command yet; a guard about what is sent then holds as
far as the order's own facts allow it.
"""

from collections.abc import Callable
from typing import Final

from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.policies.bounds import BOUNDS
from orderhub.domain.policies.room import of_terms, reached
from orderhub.domain.process import By, Guard
from orderhub.kit.text import Label


def said_with_it(_: Facts) -> bool:
    """The condition is on what is sent; the row's needed fields and its effects see to it."""
    return True


def captured_total(facts: Facts) -> bool:
    """A capture for the order itself, of all that it costs."""
    payment, order = facts.payment, facts.order
    if payment is None or payment.extra_id is not None:
        return False
    return payment.captured == order.total and payment.currency == order.currency


def past_due(facts: Facts) -> bool:
    """The order's due date has passed."""
    due = facts.order.due_at
    return due is not None and facts.now > due


def within_held(facts: Facts) -> bool:
    """An amount that leaves something in escrow."""
    if facts.command is None:
        return facts.order.held > 1
    return 0 < facts.command["amount"]["amount"] < facts.order.held


def _paid_with_it(facts: Facts) -> bool:
    payment = facts.payment
    return payment is not None and any(fund["payment_id"] == str(payment.payment_id) for fund in facts.order.funds)


def _opened_it(facts: Facts) -> bool:
    return facts.order.disputed_by is not None and By(facts.order.disputed_by) in facts.actor.acts_as


def room(name: str, had: Callable[[OrderState], int]) -> Guard[Facts]:
    """Room for one more of what a bound of the order's own terms counts: see ``policies/bounds.py``."""

    def holds(facts: Facts) -> bool:
        return had(facts.order) < of_terms(facts.order.terms, name)

    label, advice = BOUNDS[name].label, BOUNDS[name].advice
    return Guard[Facts](
        "limit_reached",
        Label(f"limite : {label.fr}", f"limit: {label.en}"),
        holds,
        refusal=lambda facts: reached(name, of_terms(facts.order.terms, name)),
        because=Label(
            f"{label.fr} : il y en a autant que possible. {advice.fr}",
            f"{label.en}: there are as many as may be. {advice.en}",
        ),
    )


ROOM_TO_REPORT: Final = room("open_problems", lambda order: order.open_cases)
ROOM_TO_REFUND: Final = room("part_refunds", lambda order: sum(fund.get("refunds", 0) for fund in order.funds))
ROOM_TO_CHANGE: Final = room("order_changes", lambda order: order.version)
REASON = Guard[Facts]("reason_missing", Label("motif", "reason"), said_with_it)
CANCELLATION_PENDING = Guard[Facts](
    "no_cancellation_pending",
    Label("une demande en cours", "one pending"),
    lambda facts: facts.order.cancellation is not None,
    because=Label("Aucune demande d’annulation n’est en cours.", "No request to cancel is pending."),
)
NO_CANCELLATION_PENDING = Guard[Facts](
    "cancellation_pending",
    Label("aucune demande en cours", "none pending"),
    lambda facts: facts.order.cancellation is None,
    because=Label("Une demande d’annulation est déjà en cours.", "A request to cancel is pending already."),
)
OPENED_IT = Guard[Facts](
    "not_dispute_opener",
    Label("a ouvert le litige", "opened it"),
    _opened_it,
    because=Label(
        "Seul celui qui a ouvert le litige peut le retirer.", "Only whoever opened the dispute can withdraw it."
    ),
)
DECISION_TEXT = Guard[Facts]("decision_missing", Label("texte de la décision", "decision text"), said_with_it)
SPLIT_WITHIN_HELD = Guard[Facts](
    "refund_not_within_held",
    Label("0 < remboursement < séquestre", "0 < refund < held"),
    within_held,
    because=Label(
        "Le remboursement doit laisser quelque chose en séquestre, et rendre quelque chose.",
        "The refund must give something back and leave something in escrow.",
    ),
)
CASE_OPEN = Guard[Facts](
    "no_case_open",
    Label("un dossier ouvert", "a case open"),
    lambda facts: facts.order.open_cases > 0,
    because=Label("Aucun dossier n’est ouvert sur cette commande.", "No case is open on this order."),
)
CHARGED_BACK = Guard[Facts](
    "not_paid_with_it",
    Label("un paiement de la commande", "a payment of the order"),
    _paid_with_it,
    because=Label("Ce paiement n’est pas un paiement de la commande.", "This is no payment of the order."),
)
