"""What people read when something happens: one wording for each action of the tables, in both languages.

Keys are the tables' actions, ``action:status`` where it depends on the status that was left,
``remind.action`` for the clock's reminders, and topics of the event log. A test holds that nothing a
table can do is missing. Bodies name people by their handles, so that one text serves whoever is told.

Fields: {title} {buyer} {seller} {due} {amount} {author} {excerpt} {count}.
"""

from dataclasses import dataclass
from typing import Final

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Wording:
    """The headline and the sentence under it."""

    title: Label
    body: Label


def _w(french: str, english: str, french_body: str, english_body: str) -> Wording:
    return Wording(Label(french, english), Label(french_body, english_body))


# fmt: off
ACTIONS: Final[dict[str, Wording]] = {
    "place": _w("Nouvelle commande", "New order",
        "{buyer} a commandé « {title} ». Vous serez prévenu dès que le paiement est confirmé.",
        "{buyer} ordered “{title}”. You will be told as soon as the payment is confirmed."),
    "confirm_payment": _w("Paiement confirmé", "Payment confirmed",
        "La commande « {title} » de {buyer} chez {seller} est payée. L’argent est gardé jusqu’à la fin.",
        "The order “{title}” by {buyer} from {seller} is paid. The money is held until the end."),
    "cancel": _w("Commande annulée", "Order cancelled",
        "La commande « {title} » est annulée. Ce qui a été payé est remboursé à {buyer}.",
        "The order “{title}” is cancelled. What was paid is refunded to {buyer}."),
    "cancel:awaiting_payment": _w("Commande annulée", "Order cancelled",
        "{buyer} a annulé la commande « {title} » avant de la payer.",
        "{buyer} cancelled the order “{title}” before paying for it."),
    "expire": _w("Délai dépassé, commande annulée", "Time is up, order cancelled",
        "La commande « {title} » n’a pas commencé à temps. {buyer} est remboursé en entier.",
        "The order “{title}” did not start in time. {buyer} is refunded in full."),
    "expire:awaiting_payment": _w("Commande non payée, annulée", "Order not paid, cancelled",
        "La commande « {title} » n’a pas été payée à temps par {buyer} : elle est annulée.",
        "The order “{title}” was not paid in time by {buyer}: it is cancelled."),
    "provide_instructions": _w("Instructions reçues", "Instructions received",
        "{buyer} a répondu à vos questions sur « {title} ». À vous d’accepter la commande.",
        "{buyer} answered your questions about “{title}”. It is your turn to accept the order."),
    "ask_instructions": _w("Il manque des instructions", "Instructions are missing",
        "{seller} a besoin d’en savoir plus pour « {title} ». Complétez vos réponses.",
        "{seller} needs to know more for “{title}”. Complete your answers."),
    "decline": _w("Commande refusée", "Order declined",
        "{seller} ne peut pas prendre la commande « {title} ». Vous êtes remboursé en entier.",
        "{seller} can't take the order “{title}”. You are refunded in full."),
    "accept": _w("Commande acceptée", "Order accepted",
        "{seller} a accepté « {title} ». Livraison prévue au plus tard le {due}.",
        "{seller} accepted “{title}”. Delivery is due by {due}."),
    "deliver": _w("Commande livrée", "Order delivered",
        "{seller} a livré « {title} ». Approuvez la livraison ou demandez une révision. "
        "Une demande d’annulation en cours compte comme refusée.",
        "{seller} delivered “{title}”. Approve the delivery or ask for a revision. "
        "A pending request to cancel counts as declined."),
    "request_cancellation": _w("Annulation demandée", "Cancellation requested",
        "{buyer} demande l’annulation de « {title} ». Acceptez ou refusez.",
        "{buyer} asks to cancel “{title}”. Accept or decline."),
    "withdraw_cancellation": _w("Demande d’annulation retirée", "Cancellation request withdrawn",
        "{buyer} ne demande plus l’annulation de « {title} ».",
        "{buyer} no longer asks to cancel “{title}”."),
    "accept_cancellation": _w("Annulation acceptée", "Cancellation accepted",
        "{seller} a accepté d’annuler « {title} ». Vous êtes remboursé en entier.",
        "{seller} agreed to cancel “{title}”. You are refunded in full."),
    "decline_cancellation": _w("Annulation refusée", "Cancellation declined",
        "{seller} refuse d’annuler « {title} ». Vous pouvez ouvrir un litige.",
        "{seller} declined to cancel “{title}”. You may open a dispute."),
    "lapse_cancellation": _w("Demande d’annulation sans réponse", "Cancellation request unanswered",
        "La demande d’annulation de « {title} » est restée sans réponse. {buyer} peut ouvrir un litige.",
        "The request to cancel “{title}” was not answered. {buyer} may open a dispute."),
    "add_extra": _w("Supplément ajouté", "Extra added",
        "{buyer} ajoute un supplément à « {title} ». Il compte dès qu’il est payé.",
        "{buyer} adds an extra to “{title}”. It counts once it is paid."),
    "confirm_extra": _w("Supplément payé", "Extra paid",
        "Le supplément de « {title} » est payé. Nouvelle échéance : {due}.",
        "The extra of “{title}” is paid. The new due date is {due}."),
    "lapse_extra": _w("Supplément abandonné", "Extra dropped",
        "Le supplément de « {title} » n’a pas été payé à temps : il est retiré.",
        "The extra of “{title}” was not paid in time: it is dropped."),
    "request_extension": _w("Délai supplémentaire demandé", "More time requested",
        "{seller} demande plus de temps pour « {title} ». Acceptez ou refusez.",
        "{seller} asks for more time for “{title}”. Accept or decline."),
    "accept_extension": _w("Délai supplémentaire accordé", "More time granted",
        "{buyer} accorde plus de temps pour « {title} ». Nouvelle échéance : {due}.",
        "{buyer} grants more time for “{title}”. The new due date is {due}."),
    "decline_extension": _w("Délai supplémentaire refusé", "More time declined",
        "{buyer} n’accorde pas plus de temps pour « {title} ». L’échéance reste le {due}.",
        "{buyer} grants no more time for “{title}”. It is still due by {due}."),
    "lapse_extension": _w("Demande de délai sans réponse", "Request for time unanswered",
        "La demande de délai pour « {title} » est restée sans réponse. L’échéance reste le {due}.",
        "The request for more time for “{title}” was not answered. It is still due by {due}."),
    "refund_part": _w("Remboursement partiel", "Partial refund",
        "{seller} vous rembourse une partie de « {title} ».",
        "{seller} refunds you a part of “{title}”."),
    "approve": _w("Livraison approuvée", "Delivery approved",
        "{buyer} a approuvé « {title} ». L’argent est libéré pour {seller}.",
        "{buyer} approved “{title}”. The money is released to {seller}."),
    "auto_approve": _w("Livraison approuvée d’office", "Delivery approved by itself",
        "Le délai est passé : « {title} » est approuvée et l’argent libéré pour {seller}.",
        "Time is up: “{title}” is approved and the money is released to {seller}."),
    "request_revision": _w("Révision demandée", "Revision requested",
        "{buyer} demande une révision de « {title} ».",
        "{buyer} asks for a revision of “{title}”."),
    "accept_revision": _w("Révision acceptée", "Revision accepted",
        "{seller} reprend « {title} ». Nouvelle échéance : {due}.",
        "{seller} is working on “{title}” again. The new due date is {due}."),
    "auto_accept_revision": _w("Révision acceptée d’office", "Revision accepted by itself",
        "La révision de « {title} » est acceptée, faute de réponse. Nouvelle échéance : {due}.",
        "The revision of “{title}” is accepted for want of an answer. The new due date is {due}."),
    "decline_revision": _w("Révision refusée", "Revision declined",
        "{seller} refuse la révision de « {title} ». Approuvez la livraison ou ouvrez un litige.",
        "{seller} declined the revision of “{title}”. Approve the delivery or open a dispute."),
    "open_dispute": _w("Litige ouvert", "Dispute opened",
        "Un litige est ouvert sur « {title} ». L’argent est bloqué ; notre équipe s’en occupe.",
        "A dispute is open on “{title}”. The money is frozen; our team looks into it."),
    "freeze": _w("Commande bloquée", "Order frozen",
        "« {title} » dure depuis trop longtemps : l’argent est bloqué, notre équipe s’en occupe.",
        "“{title}” has lasted too long: the money is frozen, our team looks into it."),
    "charge_back": _w("Paiement contesté auprès de la banque", "Payment disputed with the bank",
        "La banque de {buyer} a repris un paiement de « {title} ». La commande est en litige.",
        "The bank of {buyer} took back a payment of “{title}”. The order is in dispute."),
    "win_charge_back": _w("Paiement rendu par la banque", "Payment given back by the bank",
        "La banque de {buyer} a rendu le paiement de « {title} ». L’argent est de nouveau gardé.",
        "The bank of {buyer} gave back the payment of “{title}”. The money is held again."),
    "withdraw_dispute": _w("Litige retiré", "Dispute withdrawn",
        "Le litige sur « {title} » est retiré. La commande reprend où elle en était.",
        "The dispute on “{title}” is withdrawn. The order goes on where it was."),
    "rule_refund": _w("Litige tranché : remboursement", "Dispute settled: refund",
        "Décision sur « {title} » : {buyer} est remboursé en entier.",
        "Decision on “{title}”: {buyer} is refunded in full."),
    "rule_release": _w("Litige tranché : paiement au vendeur", "Dispute settled: seller paid",
        "Décision sur « {title} » : l’argent est libéré pour {seller}.",
        "Decision on “{title}”: the money is released to {seller}."),
    "rule_split": _w("Litige tranché : partage", "Dispute settled: split",
        "Décision sur « {title} » : une partie est remboursée à {buyer}, le reste libéré pour {seller}.",
        "Decision on “{title}”: a part is refunded to {buyer}, the rest is released to {seller}."),
    "resume": _w("Le travail reprend", "Work goes on",
        "Décision sur « {title} » : le travail reprend. Nouvelle échéance : {due}.",
        "Decision on “{title}”: work goes on. The new due date is {due}."),
    "report_problem": _w("Problème signalé", "Problem reported",
        "L’autre partie signale un problème sur « {title} ». Notre équipe peut lire la conversation et y écrire.",
        "The other party reported a problem with “{title}”. Our team may read the conversation and write in it."),
    "close_case": _w("Dossier clos", "Case closed",
        "Notre équipe a clos le dossier ouvert sur « {title} ».",
        "Our team closed the case about “{title}”."),
}

REMINDERS: Final[dict[str, Wording]] = {
    "expire": _w("Rappel : la commande attend", "Reminder: the order is waiting",
        "« {title} » attend votre réponse avant le {due}, sinon elle est annulée et remboursée.",
        "“{title}” waits for your answer until {due}; after that it is cancelled and refunded."),
    "expire:awaiting_payment": _w("Rappel : paiement attendu", "Reminder: payment due",
        "« {title} » attend votre paiement avant le {due}.", "“{title}” waits for your payment until {due}."),
    "auto_approve": _w("Rappel : approuvez la livraison", "Reminder: approve the delivery",
        "Sans réponse de votre part, « {title} » sera approuvée et le vendeur payé le {due}.",
        "Unless you answer, “{title}” is approved and the seller paid on {due}."),
    "auto_accept_revision": _w("Rappel : révision demandée", "Reminder: revision requested",
        "Sans réponse de votre part, la révision de « {title} » sera acceptée le {due}.",
        "Unless you answer, the revision of “{title}” is accepted on {due}."),
    "lapse_cancellation": _w("Rappel : annulation demandée", "Reminder: cancellation requested",
        "Répondez à la demande d’annulation de « {title} » avant le {due}.",
        "Answer the request to cancel “{title}” by {due}."),
    "lapse_extra": _w("Rappel : supplément à payer", "Reminder: extra to pay",
        "Le supplément de « {title} » attend votre paiement avant le {due}.",
        "The extra of “{title}” waits for your payment until {due}."),
    "lapse_extension": _w("Rappel : délai demandé", "Reminder: more time requested",
        "Répondez à la demande de délai pour « {title} » avant le {due}.",
        "Answer the request for more time for “{title}” by {due}."),
    "deliver": _w("Rappel : livraison attendue", "Reminder: delivery due",
        "« {title} » est à livrer avant le {due}.", "“{title}” is to be delivered by {due}."),
}

HAPPENINGS: Final[dict[str, Wording]] = {
    "order.late": _w("Commande en retard", "Order late",
        "« {title} » devait être livrée le {due}.", "“{title}” was due on {due}."),
    "payment.confirmed": _w("Paiement reçu", "Payment received",
        "Votre paiement de {amount} pour « {title} » est reçu.",
        "Your payment of {amount} for “{title}” has arrived."),
    "payment.failed": _w("Paiement refusé", "Payment failed",
        "Votre paiement de {amount} pour « {title} » a été refusé. Essayez un autre moyen de paiement.",
        "Your payment of {amount} for “{title}” was refused. Try another way to pay."),
    "refund.succeeded": _w("Remboursement effectué", "Refund done",
        "{amount} vous sont remboursés pour « {title} ».", "{amount} are refunded to you for “{title}”."),
    "refund.failed": _w("Remboursement en attente", "Refund delayed",
        "Le remboursement de {amount} pour « {title} » a été refusé par la banque. "
        "Notre équipe s’en occupe : votre argent est en sécurité.",
        "The refund of {amount} for “{title}” was refused by the bank. "
        "Our team looks into it: your money is safe."),
    "message.sent": _w("Nouveau message", "New message",
        "{author} vous a écrit au sujet de « {title} » : {excerpt}",
        "{author} wrote to you about “{title}”: {excerpt}"),
    "case.opened": _w("Signalement reçu", "Report received",
        "Nous avons reçu votre signalement sur « {title} ». Notre équipe vous répond dans la conversation.",
        "We have your report about “{title}”. Our team will answer in the conversation."),
    "staff.reminder": _w("Des dossiers attendent", "Cases are waiting",
        "{count} éléments de la file attendent depuis trop longtemps.",
        "{count} things in the queue have waited too long."),
}
# fmt: on


def wording(code: str) -> Wording:
    """The wording of a notification's code. Raises KeyError for a code that nothing writes."""
    head, _, rest = code.partition(".")
    if code in HAPPENINGS:
        return HAPPENINGS[code]
    return REMINDERS[rest] if head == "remind" else ACTIONS[code]


def code_of(table: dict[str, Wording], action: str, status: str | None) -> str:
    """The key for an action from a status: the particular wording where there is one."""
    particular = f"{action}:{status}"
    return particular if particular in table else action
