"""Why something waits for staff, what it is called, and whose work it is (docs/rules.md, The tables).

Orders wait as their kinds say.
"""

from typing import Final

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import WaitKind
from orderhub.kit.text import Label

QUOTE: Final = WaitKind("quote", Label("Proforma à préparer", "Proforma to prepare"), "support")
PROOF_REVIEW: Final = WaitKind(
    "proof_review", Label("Preuve de paiement à vérifier", "Proof of payment to review"), "finance"
)
TRADER: Final = WaitKind("trader", Label("Vendeur professionnel à vérifier", "Trader to verify"), "support")
FAILED_REFUND: Final = WaitKind("failed_refund", Label("Remboursement refusé", "Refused refund"), "finance")
OF_CASES: Final = (
    WaitKind("problem", Label("Problème signalé", "Reported problem"), "support"),
    WaitKind("unapplied_payment", Label("Paiement sans commande", "Payment that no order took"), "finance"),
    FAILED_REFUND,
    WaitKind("chargeback", Label("Impayé bancaire", "Chargeback"), "finance"),
    WaitKind("proof", Label("Preuve de paiement sans suite", "Proof that its order went on without"), "finance"),
    WaitKind("contact_details", Label("Coordonnées masquées", "Masked contact details"), "support"),
    WaitKind("mail", Label("Message reçu par e-mail", "Message received by e-mail"), "support"),
)
"""Their codes are those of `CaseKind`."""
OF_ORDERS: Final = tuple(dict.fromkeys(wait.kind for kind in KINDS.values() for wait in kind.waits))

BY_CODE: Final = {kind.code: kind for kind in (QUOTE, PROOF_REVIEW, TRADER, *OF_ORDERS, *OF_CASES)}
"""All of them."""
