"""What is said of quotes: asked for by a customer, priced by our team."""

from typing import Final

from orderhub.domain.wording import Wording, words

# fmt: off
ACTIONS: Final[dict[str, Wording]] = {
    "quote.request": words("Nouvelle demande de devis", "New quote request",
        "{buyer} demande une proforma pour « {title} ».",
        "{buyer} asks for a proforma of “{title}”."),
    "quote.take": words("Demande prise en charge", "Request taken up",
        "Notre équipe prépare la proforma de « {title} ».",
        "Our team prepares the proforma of “{title}”."),
    "quote.issue": words("La proforma est prête", "The proforma is ready",
        "La proforma {number} de « {title} » est prête : {amount} en tout. Elle est valable jusqu’au {due}.",
        "The proforma {number} of “{title}” is ready: {amount} in all. It is valid until {due}."),
    "quote.accept": words("Proforma acceptée", "Proforma accepted",
        "La proforma {number} de « {title} » est acceptée par {buyer} et la commande passée. L’acompte est attendu.",
        "The proforma {number} of “{title}” is accepted by {buyer} and the order placed. The deposit is due."),
    "quote.decline": words("Proforma refusée", "Proforma declined",
        "{buyer} ne donne pas suite à la proforma {number} de « {title} ».",
        "{buyer} declines the proforma {number} of “{title}”."),
    "quote.ask_changes": words("Modifications demandées", "Changes requested",
        "{buyer} demande de modifier la proforma {number} de « {title} ».",
        "{buyer} asks for changes to the proforma {number} of “{title}”."),
    "quote.expire": words("Proforma expirée", "Proforma expired",
        "La proforma {number} de « {title} » n’est plus valable. {buyer} peut la faire renouveler.",
        "The proforma {number} of “{title}” is no longer valid. {buyer} may have it renewed."),
    "quote.withdraw": words("Proforma retirée", "Proforma withdrawn",
        "Notre équipe retire la proforma {number} de « {title} ».",
        "Our team withdraws the proforma {number} of “{title}”."),
    "quote.renew": words("Proforma à renouveler", "Proforma to be renewed",
        "La proforma de « {title} » pour {buyer} est de nouveau en préparation.",
        "The proforma of “{title}” for {buyer} is being prepared again."),
    "quote.cancel": words("Demande de devis annulée", "Quote request cancelled",
        "{buyer} ne demande plus de proforma pour « {title} ».",
        "{buyer} no longer asks for a proforma of “{title}”."),
    "quote.reject": words("Demande de devis refusée", "Quote request rejected",
        "Notre équipe ne peut pas donner suite à la demande de {buyer} pour « {title} ».",
        "Our team can’t take up the request of {buyer} for “{title}”."),
}

REMINDERS: Final[dict[str, Wording]] = {
    "quote.expire": words("Rappel : votre proforma expire", "Reminder: your proforma expires",
        "La proforma {number} de « {title} » est valable jusqu’au {due}. Acceptez-la ou demandez des modifications.",
        "The proforma {number} of “{title}” is valid until {due}. Accept it or ask for changes."),
}
# fmt: on
