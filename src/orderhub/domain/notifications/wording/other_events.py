"""What is said of events that are no row of a table: topics of the event log."""

from typing import Final

from orderhub.domain.wording import Wording, words

# fmt: off
OTHER_EVENTS: Final[dict[str, Wording]] = {
    "order.late": words("Commande en retard", "Order late",
        "« {title} » devait être livrée le {due}.", "“{title}” was due on {due}."),
    "payment.confirmed": words("Paiement reçu", "Payment received",
        "Votre paiement de {amount} pour « {title} » est reçu.",
        "Your payment of {amount} for “{title}” has arrived."),
    "payment.failed": words("Paiement refusé", "Payment failed",
        "Votre paiement de {amount} pour « {title} » a été refusé. Essayez un autre moyen de paiement.",
        "Your payment of {amount} for “{title}” was refused. Try another way to pay."),
    "refund.succeeded": words("Remboursement effectué", "Refund done",
        "{amount} vous sont remboursés pour « {title} ».", "{amount} are refunded to you for “{title}”."),
    "refund.failed": words("Remboursement en attente", "Refund delayed",
        "Le remboursement de {amount} pour « {title} » a été refusé par la banque. "
        "Notre équipe s’en occupe : votre argent est en sécurité.",
        "The refund of {amount} for “{title}” was refused by the bank. "
        "Our team looks into it: your money is safe."),
    "message.sent": words("Nouveau message", "New message",
        "{author} vous a écrit au sujet de « {title} » : {excerpt}",
        "{author} wrote to you about “{title}”: {excerpt}"),
    "comment.asked": words("Nouvelle question", "New question",
        "{author} a écrit sous votre annonce « {title} » : {excerpt}",
        "{author} wrote under your listing “{title}”: {excerpt}"),
    "comment.answered": words("Réponse à votre question", "Your question was answered",
        "{author} a répondu à votre question sur « {title} » : {excerpt}",
        "{author} answered your question about “{title}”: {excerpt}"),
    "comment.mentioned": words("Vous êtes mentionné", "You are mentioned",
        "{author} vous mentionne sous l’annonce « {title} » : {excerpt}",
        "{author} mentions you under the listing “{title}”: {excerpt}"),
    "case.opened": words("Signalement reçu", "Report received",
        "Nous avons reçu votre signalement sur « {title} ». Notre équipe vous répond dans la conversation.",
        "We have your report about “{title}”. Our team will answer in the conversation."),
    "staff.reminder": words("Des dossiers attendent", "Cases are waiting",
        "{count} éléments de la file attendent depuis trop longtemps.",
        "{count} things in the queue have waited too long."),
}
# fmt: on
