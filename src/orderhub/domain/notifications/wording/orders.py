"""What is said of orders of any kind, unless their own room says it better. Who sells names the order."""

from typing import Final

from orderhub.domain.wording import Wording, words

# fmt: off
ACTIONS: Final[dict[str, Wording]] = {
    "place": words("Nouvelle commande", "New order",
        "{buyer} a commandé « {title} ». Vous serez prévenu dès que le paiement est confirmé.",
        "{buyer} ordered “{title}”. You will be told as soon as the payment is confirmed."),
    "confirm_payment": words("Paiement confirmé", "Payment confirmed",
        "La commande « {title} » de {buyer} chez {seller} est payée. L’argent est gardé jusqu’à la fin.",
        "The order “{title}” by {buyer} from {seller} is paid. The money is held until the end."),
    "cancel": words("Commande annulée", "Order cancelled",
        "La commande « {title} » est annulée. Ce qui a été payé est remboursé à {buyer}.",
        "The order “{title}” is cancelled. What was paid is refunded to {buyer}."),
    "request_cancellation": words("Annulation demandée", "Cancellation requested",
        "{buyer} demande l’annulation de « {title} ». Acceptez ou refusez.",
        "{buyer} asks to cancel “{title}”. Accept or decline."),
    "open_dispute": words("Litige ouvert", "Dispute opened",
        "Un litige est ouvert sur « {title} ». L’argent est bloqué ; notre équipe s’en occupe.",
        "A dispute is open on “{title}”. The money is frozen; our team looks into it."),
    "charge_back": words("Paiement contesté auprès de la banque", "Payment disputed with the bank",
        "La banque de {buyer} a repris un paiement de « {title} ». La commande est en litige.",
        "The bank of {buyer} took back a payment of “{title}”. The order is in dispute."),
    "win_charge_back": words("Paiement rendu par la banque", "Payment given back by the bank",
        "La banque de {buyer} a rendu le paiement de « {title} ». L’argent est de nouveau gardé.",
        "The bank of {buyer} gave back the payment of “{title}”. The money is held again."),
    "withdraw_dispute": words("Litige retiré", "Dispute withdrawn",
        "Le litige sur « {title} » est retiré. La commande reprend où elle en était.",
        "The dispute on “{title}” is withdrawn. The order goes on where it was."),
    "rule_refund": words("Litige tranché : remboursement", "Dispute settled: refund",
        "Décision sur « {title} » : {buyer} est remboursé en entier.",
        "Decision on “{title}”: {buyer} is refunded in full."),
    "rule_release": words("Litige tranché : paiement au vendeur", "Dispute settled: seller paid",
        "Décision sur « {title} » : l’argent est libéré pour {seller}.",
        "Decision on “{title}”: the money is released to {seller}."),
    "rule_split": words("Litige tranché : partage", "Dispute settled: split",
        "Décision sur « {title} » : une partie est remboursée à {buyer}, le reste libéré pour {seller}.",
        "Decision on “{title}”: a part is refunded to {buyer}, the rest is released to {seller}."),
    "report_problem": words("Problème signalé", "Problem reported",
        "L’autre partie signale un problème sur « {title} ». Notre équipe peut lire la conversation et y écrire.",
        "The other party reported a problem with “{title}”. Our team may read the conversation and write in it."),
    "close_case": words("Dossier clos", "Case closed",
        "Notre équipe a clos le dossier ouvert sur « {title} ».",
        "Our team closed the case about “{title}”."),
}

REMINDERS: Final[dict[str, Wording]] = {
    "lapse_cancellation": words("Rappel : annulation demandée", "Reminder: cancellation requested",
        "Répondez à la demande d’annulation de « {title} » avant le {due}.",
        "Answer the request to cancel “{title}” by {due}."),
}
# fmt: on
