"""What is said of mails that people sent back to us: the topics of ``domain/replies``."""

from typing import Final

from orderhub.domain.wording import Wording, words

# fmt: off
OTHER_EVENTS: Final[dict[str, Wording]] = {
    "mail.accepted": words("Proforma acceptée, preuve reçue", "Proforma accepted, proof received",
        "Votre réponse par e-mail accepte la proforma « {title} » : la commande est passée et votre preuve de "
        "paiement est en cours de vérification.",
        "Your answer by e-mail accepts the proforma “{title}”: the order is placed and your proof of payment is "
        "being checked."),
    "mail.submitted": words("Preuve de paiement reçue", "Proof of payment received",
        "La pièce jointe de votre e-mail est enregistrée comme preuve de paiement pour « {title} ». "
        "Nous la vérifions.",
        "The attachment of your e-mail is recorded as the proof of payment for “{title}”. We are checking it."),
    "mail.without_proof": words("Votre e-mail n’a pas de reçu", "Your e-mail has no receipt",
        "Nous n’avons trouvé aucun reçu en pièce jointe (PDF ou image) dans votre réponse au sujet de « {title} ». "
        "Notre équipe la lit ; répondez de nouveau avec le reçu pour aller plus vite.",
        "We found no receipt attached (PDF or picture) to your answer about “{title}”. "
        "Our team reads it; answer again with the receipt to be faster."),
    "mail.not_awaited": words("Votre e-mail est transmis à notre équipe", "Your e-mail was passed on to our team",
        "Votre reçu pour « {title} » est bien arrivé, mais aucun paiement n’est attendu ici pour le moment : la "
        "proforma a été remplacée ou a expiré, ou le paiement est déjà enregistré. Notre équipe le regarde.",
        "Your receipt for “{title}” has arrived, but no payment is awaited there now: the proforma was replaced or "
        "is over, or the payment is recorded already. Our team looks at it."),
    "mail.passed_on": words("Votre e-mail est transmis", "Your e-mail was passed on",
        "Nous n’avons pas pu lire automatiquement votre réponse au sujet de « {title} ». Notre équipe la regarde.",
        "We could not read your answer about “{title}” automatically. Our team looks at it."),
}
# fmt: on
