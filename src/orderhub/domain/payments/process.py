"""The tables of a payment, of a proof of one, of a refund and of a chargeback (docs/rules.md, Money)."""

from orderhub.domain.process import By, Process, Row, Status
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
H = frozenset({By.CLOCK})
PAY = frozenset({By.PROVIDER})
JOB = frozenset({By.JOB})
HUB = frozenset({By.SYSTEM})
FINANCE = frozenset({By.FINANCE})

# fmt: off
created         = Status("created",         "open",     Label("Créé", "Created"),
                         Label("Le paiement est demandé.", "The payment is asked for."), "grey")
requires_action = Status("requires_action", "open",     Label("Action requise", "Action required"),
                         Label("Le payeur doit confirmer auprès de sa banque.", "The payer confirms with the bank."), "orange")
awaiting_proof  = Status("awaiting_proof",  "open",     Label("En attente de preuve", "Awaiting proof"),
                         Label("Le payeur doit envoyer une preuve.", "The payer has to send a proof."), "orange")
under_review    = Status("under_review",    "review",   Label("En cours d’examen", "Under review"),
                         Label("La preuve est examinée.", "The proof is looked at."), "blue")
captured        = Status("captured",        "captured", Label("Encaissé", "Captured"),
                         Label("L’argent est arrivé.", "The money has come."), "green")
failed          = Status("failed",          "failed",   Label("Échoué", "Failed"),
                         Label("Le paiement a été refusé.", "The payment was declined."), "red")
expired         = Status("expired",         "expired",  Label("Expiré", "Expired"),
                         Label("Le délai de paiement est passé.", "The time to pay is over."), "black")

PAYMENT: Process[None] = Process(
    name="payment",
    statuses=(created, requires_action, awaiting_proof, under_review, captured, failed, expired),
    start=created,
    rows=(
        #   from             action            by       guard to
        Row(None,            "open",           B,       None, created),
        Row(None,            "open_by_hand",   B,       None, awaiting_proof),
        Row(created,         "require_action", PAY,     None, requires_action),
        Row(created,         "capture",        PAY,     None, captured),
        Row(requires_action, "capture",        PAY,     None, captured),
        Row(failed,          "capture",        PAY,     None, captured),
        Row(expired,         "capture",        PAY,     None, captured),
        Row(created,         "fail",           PAY,     None, failed),
        Row(requires_action, "fail",           PAY,     None, failed),
        Row(created,         "expire",         H,       None, expired),
        Row(requires_action, "expire",         H,       None, expired),
        Row(awaiting_proof,  "submit",         B,       None, under_review),
        Row(under_review,    "confirm",        FINANCE, None, captured),
        Row(under_review,    "reject",         FINANCE, None, awaiting_proof),
    ),
)

to_review      = Status("under_review", "open",     Label("En cours d’examen", "Under review"),
                        Label("La finance compare la preuve à ce qui est arrivé.", "Finance compare it with what came."), "blue")
confirmed      = Status("confirmed",    "decided",  Label("Confirmée", "Confirmed"),
                        Label("L’argent est arrivé.", "The money has come."), "green")
part           = Status("part",         "decided",  Label("Partielle", "In part"),
                        Label("Une partie de ce qui est dû est arrivée.", "A part of what is due has come."), "green")
rejected       = Status("rejected",     "decided",  Label("Rejetée", "Rejected"),
                        Label("Elle ne prouve rien.", "It proves nothing."), "red")
left           = Status("left",         "open",     Label("Laissée", "Left"),
                        Label("La commande a avancé sans elle ; la finance note ce qui est arrivé.",
                              "The order went on without it; finance record what came."), "orange")

PROOF: Process[None] = Process(
    name="proof",
    statuses=(to_review, confirmed, part, rejected, left),
    start=to_review,
    rows=(
        #   from       action         by       guard to
        Row(None,      "submit",      B,       None, to_review),
        Row(to_review, "confirm",     FINANCE, None, confirmed),
        Row(to_review, "record_part", FINANCE, None, part),
        Row(to_review, "reject",      FINANCE, None, rejected),
        Row(to_review, "leave",       HUB,     None, left),
        Row(left,      "confirm",     FINANCE, None, confirmed),
        Row(left,      "reject",      FINANCE, None, rejected),
    ),
)

pending       = Status("pending",   "open",      Label("À envoyer", "Pending"),
                       Label("Le remboursement va être envoyé.", "The refund is about to be sent."), "grey")
sent          = Status("sent",      "open",      Label("Envoyé", "Sent"),
                       Label("Le prestataire traite le remboursement.", "The provider is at work on it."), "blue")
succeeded     = Status("succeeded", "succeeded", Label("Remboursé", "Refunded"),
                       Label("L’argent est revenu au payeur.", "The money is back with the payer."), "green")
refund_failed = Status("failed",    "failed",    Label("Refusé", "Failed"),
                       Label("Le prestataire a refusé ; le support s’en occupe.", "The provider refused; staff see to it."), "red")

REFUND: Process[None] = Process(
    name="refund",
    statuses=(pending, sent, succeeded, refund_failed),
    start=pending,
    rows=(
        #   from           action          by       guard to
        Row(None,          "open",         HUB,     None, pending),
        Row(pending,       "send",         JOB,     None, sent),
        Row(sent,          "succeed",      PAY,     None, succeeded),
        Row(pending,       "fail",         PAY,     None, refund_failed),
        Row(sent,          "fail",         PAY,     None, refund_failed),
        Row(succeeded,     "fail",         PAY,     None, refund_failed),
        Row(refund_failed, "retry",        FINANCE, None, pending),
        Row(refund_failed, "paid_by_hand", FINANCE, None, succeeded, needs=("reference",)),
    ),
)

withdrawn  = Status("withdrawn",  "open", Label("Repris par la banque", "Taken by the bank"),
                    Label("La banque du payeur a repris l’argent ; elle n’a pas encore tranché.",
                          "The payer's bank has taken the money, and has not decided yet."), "red")
reinstated = Status("reinstated", "won",  Label("Rendu", "Reinstated"),
                    Label("La banque a rendu l’argent.", "The bank has given the money back."), "green")
lost       = Status("lost",       "lost", Label("Perdu", "Lost"),
                    Label("L’argent reste au payeur.", "The money stays with the payer."), "black")

CHARGEBACK: Process[None] = Process(
    name="chargeback",
    statuses=(withdrawn, reinstated, lost),
    start=withdrawn,
    rows=(
        #   from        action             by   guard to
        Row(None,       "withdraw_funds",  PAY, None, withdrawn),
        Row(withdrawn,  "reinstate_funds", PAY, None, reinstated),
        Row(withdrawn,  "lose",            PAY, None, lost),
    ),
)
# fmt: on
