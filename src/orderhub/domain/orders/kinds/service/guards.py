"""The guards of the service's table: named conditions over the locked row, pure."""

from datetime import timedelta
from typing import Final

from orderhub.domain.orders.guards import ROOM_TO_REFUND, captured_total, past_due, room, said_with_it, within_held
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Guard
from orderhub.kit.text import Label

SHORTEST_NOTICE: Final = timedelta(days=1)
"""Nothing brings a due date nearer than this: no extra, and no date of staff's."""

MAX_EXTENSION_DAYS = 30


def _captured_price(facts: Facts) -> bool:
    payment = facts.payment
    if payment is None or payment.extra_id is None or payment.currency != facts.order.currency:
        return False
    return any(
        extra.id == payment.extra_id and extra.price == payment.captured for extra in details_of(facts.order).extras
    )


def _extra_unpaid(facts: Facts) -> bool:
    return any(extra.id == facts.request_id for extra in details_of(facts.order).extras)


def _revisions_left(facts: Facts) -> bool:
    details = details_of(facts.order)
    return details.revisions_included is None or details.revisions_used < details.revisions_included


def _extension_possible(facts: Facts) -> bool:
    if details_of(facts.order).extension is not None:
        return False
    return facts.command is None or 1 <= facts.command["days"] <= MAX_EXTENSION_DAYS


LISTING_FREE = Guard[Facts](
    "listing_unavailable",
    Label(
        "annonce active, qui n’est pas la sienne, options valides",
        "active listing, not one's own, options valid",
    ),
    lambda facts: facts.order.buyer_id != facts.order.seller_id,
    because=Label(
        "L’annonce doit être active, d’un autre vendeur, et ses options valides.",
        "The listing must be active and somebody else's, and the options valid.",
    ),
)
PAID_QUESTIONS_OPEN = Guard[Facts](
    "amount_mismatch",
    Label("montant encaissé = total ; questions sans réponse", "captured = total; questions unanswered"),
    lambda facts: captured_total(facts) and details_of(facts.order).instructions_missing,
    because=Label(
        "Le montant encaissé doit être le total, et des réponses manquer encore.",
        "What was captured must be the total, with answers still missing.",
    ),
)
PAID_NOTHING_OPEN = Guard[Facts](
    "amount_mismatch_answered",
    Label("montant encaissé = total ; plus rien à répondre", "captured = total; nothing left to answer"),
    lambda facts: captured_total(facts) and not details_of(facts.order).instructions_missing,
    because=Label(
        "Le montant encaissé doit être le total, et plus rien n’être à répondre.",
        "What was captured must be the total, with nothing left to answer.",
    ),
)
QUESTIONS_ANSWERED = Guard[Facts](
    "questions_unanswered",
    Label("toutes les questions obligatoires ont une réponse", "every required question answered"),
    said_with_it,
)
SAYS_WHAT_IS_MISSING = Guard[Facts](
    "missing_not_said", Label("dit ce qui manque", "says what is missing"), said_with_it
)
NOT_STARTED = Guard[Facts](
    "already_started",
    Label("le vendeur n’a pas commencé", "the seller has not started"),
    lambda facts: details_of(facts.order).accepted_at is None,
    because=Label("Le vendeur a déjà commencé.", "The seller has started already."),
)
MESSAGE_OR_FILE = Guard[Facts]("delivery_empty", Label("un message ou un fichier", "a message or a file"), said_with_it)
CANCELLATION_PENDING_REASON = Guard[Facts](
    "no_cancellation_to_decline",
    Label("une demande en cours, motif", "one pending, reason"),
    lambda facts: facts.order.cancellation is not None,
    because=Label("Aucune demande d’annulation n’est en cours.", "No request to cancel is pending."),
)
LATE_NEVER_DELIVERED = Guard[Facts](
    "not_late_or_delivered",
    Label("échéance dépassée, rien n’a jamais été livré", "past due, nothing ever delivered"),
    lambda facts: past_due(facts) and details_of(facts.order).delivered_at is None,
    because=Label(
        "L’échéance n’est pas passée, ou une livraison a déjà eu lieu.",
        "The due date has not passed, or something was delivered already.",
    ),
)
ROOM_FOR_EXTRA: Final = room("unpaid_extras", lambda order: len(details_of(order).extras))
ROOM_FOR_LINE: Final = room("order_lines", lambda order: len(order.lines) + len(details_of(order).extras))
OPTION_OR_OFFER = Guard[Facts](
    "extra_unknown",
    Label(
        "une option de l’annonce, ou l’offre sur mesure du vendeur pour cette commande",
        "an option of the listing, or the seller's custom offer for this order",
    ),
    lambda facts: ROOM_FOR_EXTRA.holds(facts) and ROOM_FOR_LINE.holds(facts),
    (ROOM_FOR_EXTRA, ROOM_FOR_LINE),
    because=Label(
        "La commande a autant de suppléments qu’elle peut en avoir.", "The order has as many extras as it may have."
    ),
)
PRICE_CAPTURED = Guard[Facts](
    "extra_amount_mismatch",
    Label("montant encaissé = prix", "captured = price"),
    _captured_price,
    because=Label(
        "Le montant encaissé doit être le prix du supplément.", "What was captured must be the price of the extra."
    ),
)
EXTRA_UNPAID = Guard[Facts](
    "extra_not_open",
    Label("impayé", "unpaid"),
    _extra_unpaid,
    because=Label("Ce supplément n’attend plus son paiement.", "This extra no longer waits to be paid."),
)
EXTENSION_POSSIBLE = Guard[Facts](
    "extension_pending",
    Label("1 à 30 jours, aucune demande en cours", "1–30 days, none pending"),
    _extension_possible,
    because=Label(
        "Une prolongation est de 1 à 30 jours, et une seule à la fois se demande.",
        "An extension is of 1 to 30 days, and one is asked for at a time.",
    ),
)
EXTENSION_PENDING = Guard[Facts](
    "no_extension_pending",
    Label("une demande en cours", "one pending"),
    lambda facts: details_of(facts.order).extension is not None,
    because=Label("Aucune demande de prolongation n’est en cours.", "No request to extend is pending."),
)
WITHIN_HELD = Guard[Facts](
    "amount_not_within_held",
    Label("0 < montant < séquestre", "0 < amount < held"),
    lambda facts: within_held(facts) and ROOM_TO_REFUND.holds(facts),
    (ROOM_TO_REFUND,),
    because=Label(
        "Le montant doit laisser quelque chose en séquestre, et rendre quelque chose.",
        "The amount must give something back and leave something in escrow.",
    ),
)
REVISIONS_LEFT = Guard[Facts](
    "no_revision_left",
    Label("dit quoi changer ; révisions restantes", "says what to change; revisions left"),
    _revisions_left,
    because=Label(
        "Toutes les retouches comprises ont été utilisées.", "Every revision that is included has been used."
    ),
)
LATE_OR_CANCELLATION_REFUSED = Guard[Facts](
    "not_late_or_refused",
    Label(
        "échéance dépassée, ou annulation refusée ou sans réponse",
        "past due, or a cancellation declined or lapsed",
    ),
    lambda facts: past_due(facts) or details_of(facts.order).cancellation_refused,
    because=Label(
        "L’échéance n’est pas passée, et aucune annulation n’a été refusée.",
        "The due date has not passed, and no cancellation was declined.",
    ),
)
ONCE = Guard[Facts](
    "already_frozen",
    Label("une fois", "once"),
    lambda facts: details_of(facts.order).frozen_at is None,
    because=Label("Cela ne se fait qu’une fois, et c’est déjà fait.", "This happens once, and it has happened."),
)
NEW_DUE_DATE = Guard[Facts](
    "due_date_not_ahead",
    Label("nouvelle échéance", "new due date"),
    lambda facts: facts.command is None or facts.command["due_at"] >= facts.now + SHORTEST_NOTICE,
    because=Label(
        "La nouvelle échéance doit être dans un jour au moins.", "The new due date must be a day ahead or more."
    ),
)
