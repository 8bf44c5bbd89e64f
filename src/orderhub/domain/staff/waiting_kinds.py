"""Why something waits for staff, what it is called, and whose work it is (docs/rules.md, The tables)."""

from enum import StrEnum
from typing import Final

from orderhub.kit.text import Label


class WaitKind(StrEnum):
    """Why something waits. Those of cases have the names of `CaseKind`."""

    QUOTE = "quote"
    PROOF_REVIEW = "proof_review"
    PURCHASE = "purchase"
    CANCELLATION = "cancellation"
    FORWARDING = "forwarding"
    RECEIPT = "receipt"
    FINAL_INVOICE = "final_invoice"
    HAND_OVER = "hand_over"
    DISPUTE = "dispute"
    HOUSE_DISPUTE = "house_dispute"
    PROBLEM = "problem"
    UNAPPLIED_PAYMENT = "unapplied_payment"
    FAILED_REFUND = "failed_refund"
    CHARGEBACK = "chargeback"
    PROOF = "proof"
    CONTACT_DETAILS = "contact_details"
    MAIL = "mail"


LABELS: Final = {
    WaitKind.QUOTE: Label("Proforma à préparer", "Proforma to prepare"),
    WaitKind.PROOF_REVIEW: Label("Preuve de paiement à vérifier", "Proof of payment to review"),
    WaitKind.PURCHASE: Label("Articles à acheter", "Articles to purchase"),
    WaitKind.CANCELLATION: Label("Annulation à accepter ou refuser", "Cancellation to accept or decline"),
    WaitKind.FORWARDING: Label("Articles achetés à faire venir", "Purchased articles to be sent to us"),
    WaitKind.RECEIPT: Label("Articles en route à compter à l’arrivée", "Articles on their way to count on arrival"),
    WaitKind.FINAL_INVOICE: Label("Facture finale à émettre", "Final invoice to issue"),
    WaitKind.HAND_OVER: Label("Remise à organiser", "Hand-over to arrange"),
    WaitKind.DISPUTE: Label("Litige à trancher", "Dispute to rule on"),
    WaitKind.HOUSE_DISPUTE: Label("Litige avec la maison à trancher", "Dispute with the house to rule on"),
    WaitKind.PROBLEM: Label("Problème signalé", "Reported problem"),
    WaitKind.UNAPPLIED_PAYMENT: Label("Paiement sans commande", "Payment that no order took"),
    WaitKind.FAILED_REFUND: Label("Remboursement refusé", "Refused refund"),
    WaitKind.CHARGEBACK: Label("Impayé bancaire", "Chargeback"),
    WaitKind.PROOF: Label("Preuve de paiement sans suite", "Proof that its order went on without"),
    WaitKind.CONTACT_DETAILS: Label("Coordonnées masquées", "Masked contact details"),
    WaitKind.MAIL: Label("Message reçu par e-mail", "Message received by e-mail"),
}

ROLES: Final = dict.fromkeys(WaitKind, "support") | {
    WaitKind.PROOF_REVIEW: "finance",
    WaitKind.FINAL_INVOICE: "finance",
    WaitKind.UNAPPLIED_PAYMENT: "finance",
    WaitKind.FAILED_REFUND: "finance",
    WaitKind.CHARGEBACK: "finance",
    WaitKind.PROOF: "finance",
    WaitKind.HOUSE_DISPUTE: "admin",
}
"""Whose work each is."""
