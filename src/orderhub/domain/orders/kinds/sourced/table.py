"""The table of a sourced order: the house buys on a customer's behalf, the money waits in escrow.

Read it as a timetable. Columns: from, action, by, guard, to, escrow, clock, effects, needed fields.
The seller is the house, for which staff act; a release goes to its sales.
"""

from dataclasses import replace

from orderhub.domain.orders.effects import (
    close_cancellation,
    dispute,
    open_cancellation,
    resume,
    say_decision,
    say_reason,
)
from orderhub.domain.orders.guards import CANCELLATION_PENDING, OPENED_IT, REASON
from orderhub.domain.orders.kinds import common
from orderhub.domain.orders.kinds.sourced import clocks, effects, guards, proofs
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import STAFF, By, Escrow, Process, Row, Status, Target
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
BS = frozenset({By.BUYER, By.SELLER})
H = frozenset({By.CLOCK})
PAY = frozenset({By.PROVIDER})
T = frozenset({By.TRACKING})
SUP = frozenset({By.SUPPORT})
FIN = frozenset({By.FINANCE})
ADM = frozenset({By.ADMIN})

HOLD, REFUND, RELEASE, SPLIT, FREEZE = Escrow.HOLD, Escrow.REFUND, Escrow.RELEASE, Escrow.SPLIT, Escrow.FREEZE
SURPLUS, REST = Escrow.HOLD_SURPLUS, Escrow.REFUND_SURPLUS
SAME, RESUME = Target.SAME, Target.RESUME

# fmt: off
awaiting_deposit = Status("awaiting_deposit", "awaiting_validation", Label("En attente d’acompte", "Awaiting deposit"),
                          Label("Le client doit payer l’acompte.", "The buyer has to pay the deposit."), "grey")
deposit_review   = Status("deposit_review",   "awaiting_validation", Label("Acompte en vérification", "Deposit under review"),
                          Label("Nos équipes vérifient la preuve de l’acompte.", "Staff look at the proof of the deposit."), "orange")
confirmed        = Status("confirmed",        "confirmed",           Label("Confirmée", "Confirmed"),
                          Label("L’acompte est reçu ; nos équipes achètent.", "The deposit has come; staff are buying."), "blue")
purchased        = Status("purchased",        "confirmed",           Label("Achetée", "Purchased"),
                          Label("Les articles sont achetés chez les boutiques.", "The articles are bought from the shops."), "blue")
in_transit       = Status("in_transit",       "confirmed",           Label("En transit", "In transit"),
                          Label("Les articles sont en route vers nous.", "The articles are on their way to us."), "blue")
arrived          = Status("arrived",          "arrived",             Label("Arrivée", "Arrived"),
                          Label("Les articles sont comptés ; la facture finale se prépare.", "The articles are counted; the final invoice is being made."), "violet")
awaiting_balance = Status("awaiting_balance", "arrived",             Label("En attente du solde", "Awaiting balance"),
                          Label("Le client doit payer le solde.", "The buyer has to pay the balance."), "orange")
balance_review   = Status("balance_review",   "arrived",             Label("Solde en vérification", "Balance under review"),
                          Label("Nos équipes vérifient la preuve du solde.", "Staff look at the proof of the balance."), "orange")
ready            = Status("ready",            "arrived",             Label("Prête", "Ready"),
                          Label("Tout est payé ; la commande peut être remise.", "All is paid; the order can be handed over."), "violet")
out_for_delivery = Status("out_for_delivery", "arrived",             Label("En livraison", "Out for delivery"),
                          Label("La commande est en route vers le client.", "The order is on its way to the buyer."), "violet")
disputed         = Status("disputed",         "disputed",            Label("En litige", "Disputed"),
                          Label("Un administrateur tranche ; l’argent est bloqué.", "An administrator rules; the money is frozen."), "red")
completed        = Status("completed",        "completed",           Label("Terminée", "Completed"),
                          Label("La commande est remise et payée.", "The order is handed over and paid."), "green", fulfilled=True)
cancelled        = Status("cancelled",        "cancelled",           Label("Annulée", "Cancelled"),
                          Label("La commande est annulée ; le client est remboursé.", "The order is cancelled; the buyer is refunded."), "black")

BUYING    = (confirmed, purchased)
UNDER_WAY = (confirmed, purchased, in_transit)
INVOICED  = (awaiting_balance, balance_review, ready, out_for_delivery)
RESUMABLE = (*UNDER_WAY, arrived, *INVOICED)
PROVEN    = ("proof_sha256", "received", "reference")
RULED     = (say_decision, effects.credit)

ROWS: tuple[Row[Facts], ...] = (
    #   from              action                  by   guard                           to                escrow   clock                effects                                      needs
    Row(None,             "place",                B,   guards.QUOTE_CURRENT,           awaiting_deposit),
    Row(awaiting_deposit, "submit_proof",         B,   guards.PROOF,                   deposit_review,   None,    None,                (proofs.submit,),                            ("file_id",)),
    *(Row(status,         "confirm_payment",      PAY, guards.DEPOSIT_CAPTURED,        confirmed,        HOLD,    None,                (effects.agree,)) for status in (awaiting_deposit, deposit_review)),
    Row(awaiting_deposit, "cancel",               B,   None,                           cancelled,        REFUND),
    Row(awaiting_deposit, "expire",               H,   None,                           cancelled,        REFUND,  clocks.DEPOSIT),
    Row(deposit_review,   "confirm_deposit",      FIN, guards.RECEIVED_DUE,            confirmed,        HOLD,    None,                (proofs.confirm, effects.agree),             PROVEN),
    Row(deposit_review,   "record_part",          FIN, guards.PART_RECEIVED,           awaiting_deposit, HOLD,    None,                (proofs.record_part,),                       PROVEN),
    Row(deposit_review,   "reject_proof",         FIN, guards.REVIEWED_REASON,         awaiting_deposit, None,    None,                (proofs.reject,),                            ("proof_sha256", "reason")),
    Row(deposit_review,   "cancel",               B,   None,                           cancelled,        REFUND),
    Row(confirmed,        "purchase",             SUP, guards.NO_CHANGE_REFERENCES,    purchased,        None,    None,                (effects.purchase,),                         ("lines",)),
    Row(confirmed,        "cancel",               B,   guards.PURCHASE_LATE,           cancelled,        REFUND),
    Row(confirmed,        "request_cancellation", B,   guards.MAY_ASK_TO_CANCEL,       SAME,             None,    None,                (open_cancellation,)),
    Row(confirmed,        "accept_cancellation",  SUP, CANCELLATION_PENDING,           cancelled,        REFUND,  None,                (close_cancellation,)),
    Row(confirmed,        "decline_cancellation", SUP, CANCELLATION_PENDING,           SAME,             None,    None,                (close_cancellation,)),
    Row(confirmed,        "lapse_cancellation",   H,   guards.CANCELLATION_UNANSWERED, cancelled,        REFUND,  clocks.CANCELLATION, (close_cancellation,)),
    *(Row(status,         "propose_change",       SUP, guards.CHANGE_PROPOSABLE,       SAME,             None,    None,                (effects.open_change,),                      ("line_id", "reason")) for status in BUYING),
    *(Row(status,         "accept_change",        B,   guards.CHANGE_PENDING,          SAME,             None,    None,                (effects.accept_change,)) for status in BUYING),
    *(Row(status,         "decline_change",       B,   guards.CHANGE_LINES_LEFT,       SAME,             None,    None,                (effects.drop_line,)) for status in BUYING),
    *(Row(status,         "decline_change",       B,   guards.CHANGE_LAST_LINE,        cancelled,        REFUND,  None,                (effects.close_change,)) for status in BUYING),
    *(Row(status,         "lapse_change",         H,   guards.CHANGE_LINES_LEFT,       SAME,             None,    clocks.CHANGE,       (effects.drop_line,)) for status in BUYING),
    *(Row(status,         "lapse_change",         H,   guards.CHANGE_LAST_LINE,        cancelled,        REFUND,  clocks.CHANGE,       (effects.close_change,)) for status in BUYING),
    Row(purchased,        "ship_to_hub",          SUP, None,                           in_transit),
    *(Row(status,         "receive",              SUP, guards.NO_CHANGE_COUNTED,       arrived,          None,    None,                (effects.count,),                            ("lines",)) for status in (purchased, in_transit)),
    *(Row(status,         "cancel",               SUP, guards.UNAVAILABLE,             cancelled,        REFUND,  None,                (say_reason,),                               ("reason",)) for status in UNDER_WAY),
    *(Row(status,         "open_dispute",         B,   guards.ARRIVAL_LATE,            disputed,         FREEZE,  None,                (say_reason, dispute),                       ("reason",)) for status in UNDER_WAY),
    Row(arrived,          "issue_final_invoice",  FIN, guards.BALANCE_LEFT,            awaiting_balance, None,    None,                (effects.invoice,)),
    Row(arrived,          "issue_final_invoice",  FIN, guards.BALANCE_PAID,            ready,            REST,    None,                (effects.invoice, effects.make_pick_up_code)),
    Row(awaiting_balance, "submit_proof",         B,   guards.PROOF,                   balance_review,   None,    None,                (proofs.submit,),                            ("file_id",)),
    *(Row(status,         "confirm_payment",      PAY, guards.BALANCE_CAPTURED,        ready,            SURPLUS, None,                (effects.make_pick_up_code,)) for status in (awaiting_balance, balance_review)),
    Row(balance_review,   "confirm_balance",      FIN, guards.RECEIVED_DUE,            ready,            SURPLUS, None,                (proofs.confirm, effects.make_pick_up_code), PROVEN),
    Row(balance_review,   "record_part",          FIN, guards.PART_RECEIVED,           awaiting_balance, HOLD,    None,                (proofs.record_part,),                       PROVEN),
    Row(balance_review,   "reject_proof",         FIN, guards.REVIEWED_REASON,         awaiting_balance, None,    None,                (proofs.reject,),                            ("proof_sha256", "reason")),
    *(Row(status,         "escalate",             H,   guards.UNPAID_OR_UNCLAIMED,     disputed,         FREEZE,  clocks.ESCALATION,   (dispute,)) for status in (awaiting_balance, ready)),
    Row(ready,            "arrange",              SUP, guards.INSTRUCTIONS,            SAME,             None,    None,                (effects.arrange,),                          ("instructions",)),
    Row(ready,            "dispatch",             SUP, None,                           out_for_delivery, None,    None,                (effects.dispatch,)),
    Row(ready,            "hand_over",            SUP, guards.PICK_UP_CODE,            completed,        RELEASE, None,                (),                                          ("code",)),
    Row(out_for_delivery, "confirm_receipt",      B,   None,                           completed,        RELEASE),
    Row(out_for_delivery, "confirm_receipt",      T,   guards.PROOF_OF_DELIVERY,       completed,        RELEASE),
    Row(out_for_delivery, "auto_confirm",         H,   None,                           completed,        RELEASE, clocks.RECEIPT),
    *(Row(status,         "open_dispute",         B,   REASON,                         disputed,         FREEZE,  None,                (say_reason, dispute),                       ("reason",)) for status in (arrived, *INVOICED)),
    Row(disputed,         "approve",              B,   guards.NOTHING_DUE,             completed,        RELEASE),
    Row(disputed,         "withdraw_dispute",     B,   OPENED_IT,                      RESUME,           None,    None,                (resume,)),
    Row(disputed,         "rule_refund",          ADM, guards.DECISION_TEXT,           cancelled,        REFUND,  None,                RULED,                                       ("decision",)),
    Row(disputed,         "rule_release",         ADM, guards.DECISION_TEXT,           completed,        RELEASE, None,                (say_decision,),                             ("decision",)),
    Row(disputed,         "rule_split",           ADM, guards.SPLIT_WITHIN_HELD,       completed,        SPLIT,   None,                RULED,                                       ("decision", "amount")),
    Row(disputed,         "resume",               ADM, None,                           RESUME,           None,    None,                (effects.resume,)),
)
# fmt: on

RESTORES: dict[Status, common.Restores] = {
    **dict.fromkeys(INVOICED, ((None, Escrow.RESTORE_SURPLUS),)),
    disputed: ((guards.NOT_INVOICED, Escrow.RESTORE), (guards.INVOICED, Escrow.RESTORE_SURPLUS)),
}
"""Once the total is final, what the bank had taken may have been paid again."""


def _noted(row: Row[Facts]) -> Row[Facts]:
    """Whoever of staff takes a row is remembered: somebody else rules on a dispute."""
    return replace(row, effects=(effects.note_staff, *row.effects)) if row.by <= STAFF else row


SOURCED = Process[Facts](
    name="sourced",
    statuses=(awaiting_deposit, deposit_review, *RESUMABLE, disputed, completed, cancelled),
    start=awaiting_deposit,
    rows=tuple(
        _noted(row)
        for row in (
            *ROWS,
            *common.rows_for(ROWS, parties=BS, held=RESUMABLE, resumable=RESUMABLE, restores=RESTORES),
        )
    ),
    resumable=RESUMABLE,
)
