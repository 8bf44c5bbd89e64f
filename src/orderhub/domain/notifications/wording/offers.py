"""What is said of offers: made by a buyer or a seller, answered by the other, ended by time or a sale."""

from typing import Final

from orderhub.domain.wording import Wording, words

# fmt: off
ACTIONS: Final[dict[str, Wording]] = {
    "offer.make": words("Nouvelle offre", "New offer",
        "{author} propose {amount} pour « {title} ». Répondez avant le {due}.",
        "{author} offers {amount} for “{title}”. Answer before {due}."),
    "offer.accept": words("Offre acceptée", "Offer accepted",
        "L’offre de {amount} pour « {title} » est acceptée. {buyer} peut commander à ce prix jusqu’au {due} ; "
        "rien n’est réservé d’ici là.",
        "The offer of {amount} for “{title}” is accepted. {buyer} may order at this price until {due}; "
        "nothing is reserved until then."),
    "offer.auto_accept": words("Offre acceptée", "Offer accepted",
        "L’offre de {amount} pour « {title} » est acceptée d’office. {buyer} peut commander à ce prix jusqu’au {due} ; "
        "rien n’est réservé d’ici là.",
        "The offer of {amount} for “{title}” is accepted at once. {buyer} may order at this price until {due}; "
        "nothing is reserved until then."),
    "offer.decline": words("Offre refusée", "Offer declined",
        "L’offre de {amount} pour « {title} » est refusée.",
        "The offer of {amount} for “{title}” is declined."),
    "offer.auto_decline": words("Offre refusée", "Offer declined",
        "L’offre de {amount} pour « {title} » est trop basse : elle est refusée d’office.",
        "The offer of {amount} for “{title}” is too low: it is declined at once."),
    "offer.counter": words("Contre-offre", "Counter-offer",
        "L’offre de {amount} pour « {title} » a reçu une contre-offre.",
        "The offer of {amount} for “{title}” was answered with a counter-offer."),
    "offer.withdraw": words("Offre retirée", "Offer withdrawn",
        "{author} retire son offre de {amount} pour « {title} ».",
        "{author} withdraws the offer of {amount} for “{title}”."),
    "offer.expire": words("Offre expirée", "Offer expired",
        "Personne n’a répondu à temps à l’offre de {amount} pour « {title} ».",
        "Nobody answered the offer of {amount} for “{title}” in time."),
    "offer.supersede": words("Offre sans objet", "Offer superseded",
        "L’offre de {amount} ne vaut plus : « {title} » a été vendu ou fermé, ou son prix a changé.",
        "The offer of {amount} is worth nothing any more: “{title}” was sold or closed, or its price changed."),
    "offer.redeem": words("Offre commandée", "Offer ordered",
        "La commande de {buyer} à {amount} pour « {title} » est payée.",
        "The order of {buyer} at {amount} for “{title}” is paid."),
    "offer.lapse": words("Offre caduque", "Offer lapsed",
        "L’offre acceptée de {amount} pour « {title} » n’a pas été payée à temps.",
        "The accepted offer of {amount} for “{title}” was not paid for in time."),
}

REMINDERS: Final[dict[str, Wording]] = {
    "offer.expire": words("Rappel : une offre attend votre réponse", "Reminder: an offer waits for your answer",
        "{author} propose {amount} pour « {title} » : répondez avant le {due}.",
        "{author} offers {amount} for “{title}”: answer before {due}."),
    "offer.lapse": words("Rappel : offre acceptée à payer", "Reminder: accepted offer to be paid",
        "Commandez « {title} » à {amount} avant le {due}. Rien n’est réservé d’ici là.",
        "Order “{title}” at {amount} before {due}. Nothing is reserved until then."),
}
# fmt: on
