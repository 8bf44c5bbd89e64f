"""The table of a service order: a freelancer works, the buyer's money waits in escrow.

Read it as a timetable. Columns: from, action, by, guard, to, escrow, clock, effects, needed fields.
"""

from orderhub.domain.orders.effects import (
    close_cancellation,
    dispute,
    mark_paid,
    open_cancellation,
    resume,
    say_decision,
    say_reason,
)
from orderhub.domain.orders.guards import (
    CANCELLATION_PENDING,
    DECISION_TEXT,
    NO_CANCELLATION_PENDING,
    OPENED_IT,
    REASON,
    SPLIT_WITHIN_HELD,
)
from orderhub.domain.orders.kinds import common
from orderhub.domain.orders.kinds.service import clocks, effects, guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Escrow, Process, Row, Status, Target
from orderhub.kit.text import Label

B = frozenset({By.BUYER})
S = frozenset({By.SELLER})
BS = B | S
H = frozenset({By.CLOCK})
PAY = frozenset({By.PROVIDER})
A = frozenset({By.SUPPORT})

HOLD, REFUND, PART, RELEASE, SPLIT, FREEZE = (
    Escrow.HOLD,
    Escrow.REFUND,
    Escrow.REFUND_PART,
    Escrow.RELEASE,
    Escrow.SPLIT,
    Escrow.FREEZE,
)
SAME, RESUME = Target.SAME, Target.RESUME

# fmt: off
awaiting_payment      = Status("awaiting_payment",      "awaiting",    Label("En attente de paiement", "Awaiting payment"),
                               Label("L’acheteur doit payer.", "The buyer has to pay."), "grey")
awaiting_instructions = Status("awaiting_instructions", "awaiting",    Label("En attente d’instructions", "Awaiting instructions"),
                               Label("L’acheteur doit répondre aux questions du vendeur.", "The buyer has to answer the seller's questions."), "orange")
awaiting_acceptance   = Status("awaiting_acceptance",   "awaiting",    Label("En attente d’acceptation", "Awaiting acceptance"),
                               Label("Le vendeur doit accepter la commande.", "The seller has to accept the order."), "orange")
in_progress           = Status("in_progress",           "in_progress", Label("En cours", "In progress"),
                               Label("Le vendeur travaille.", "The seller is at work."), "blue")
delivered             = Status("delivered",             "delivered",   Label("Livrée", "Delivered"),
                               Label("L’acheteur doit approuver ou demander une révision.", "The buyer approves or asks for a revision."), "violet")
revision_requested    = Status("revision_requested",    "in_progress", Label("Révision demandée", "Revision requested"),
                               Label("Le vendeur doit accepter ou refuser la révision.", "The seller accepts or declines the revision."), "orange")
disputed              = Status("disputed",              "disputed",    Label("En litige", "Disputed"),
                               Label("Le support tranche ; l’argent est bloqué.", "Support rules; the money is frozen."), "red")
completed             = Status("completed",             "completed",   Label("Terminée", "Completed"),
                               Label("Le travail est approuvé et le vendeur payé.", "The work is approved and the seller is paid."), "green", fulfilled=True)
cancelled             = Status("cancelled",             "cancelled",   Label("Annulée", "Cancelled"),
                               Label("La commande est annulée ; l’acheteur est remboursé.", "The order is cancelled; the buyer is refunded."), "black")

AWAITING = ((awaiting_instructions, clocks.INSTRUCTIONS), (awaiting_acceptance, clocks.ACCEPTANCE))
AT_WORK  = (in_progress, delivered, revision_requested)
HELD     = (awaiting_instructions, awaiting_acceptance, *AT_WORK)

ROWS: tuple[Row[Facts], ...] = (
    #   from                   action                   by   guard                                to                     escrow   clock                effects                                    needs
    Row(None,                  "place",                 B,   guards.LISTING_FREE,                 awaiting_payment),
    Row(awaiting_payment,      "confirm_payment",       PAY, guards.PAID_QUESTIONS_OPEN,          awaiting_instructions, HOLD,    None,                (mark_paid,)),
    Row(awaiting_payment,      "confirm_payment",       PAY, guards.PAID_NOTHING_OPEN,            awaiting_acceptance,   HOLD,    None,                (mark_paid,)),
    Row(awaiting_payment,      "cancel",                B,   None,                                cancelled),
    Row(awaiting_payment,      "expire",                H,   None,                                cancelled,             None,    clocks.PAYMENT),
    Row(awaiting_instructions, "provide_instructions",  B,   guards.QUESTIONS_ANSWERED,           awaiting_acceptance,   None,    None,                (effects.save_answers,)),
    Row(awaiting_acceptance,   "ask_instructions",      S,   guards.SAYS_WHAT_IS_MISSING,         awaiting_instructions, None,    None,                (effects.ask_again,),                      ("message",)),
    *(Row(status,              "cancel",                B,   guards.NOT_STARTED,                  cancelled,             REFUND) for status, _ in AWAITING),
    *(Row(status,              "decline",               S,   REASON,                              cancelled,             REFUND,  None,                (say_reason,),                             ("reason",)) for status, _ in AWAITING),
    *(Row(status,              "expire",                H,   None,                                cancelled,             REFUND,  clock) for status, clock in AWAITING),
    Row(awaiting_acceptance,   "accept",                S,   None,                                in_progress,           None,    None,                (effects.start_work,)),
    Row(in_progress,           "deliver",               S,   guards.MESSAGE_OR_FILE,              delivered,             None,    None,                (effects.deliver,)),
    Row(in_progress,           "request_cancellation",  B,   NO_CANCELLATION_PENDING,             SAME,                  None,    None,                (open_cancellation,)),
    Row(in_progress,           "withdraw_cancellation", B,   CANCELLATION_PENDING,                SAME,                  None,    None,                (close_cancellation,)),
    Row(in_progress,           "accept_cancellation",   S,   CANCELLATION_PENDING,                cancelled,             REFUND,  None,                (close_cancellation,)),
    Row(in_progress,           "decline_cancellation",  S,   guards.CANCELLATION_PENDING_REASON,  SAME,                  None,    None,                (say_reason, effects.refuse_cancellation), ("reason",)),
    Row(in_progress,           "lapse_cancellation",    H,   CANCELLATION_PENDING,                SAME,                  None,    clocks.CANCELLATION, (effects.refuse_cancellation,)),
    *(Row(status,              "cancel",                S,   REASON,                              cancelled,             REFUND,  None,                (say_reason,),                             ("reason",)) for status in AT_WORK),
    Row(in_progress,           "cancel",                B,   guards.LATE_NEVER_DELIVERED,         cancelled,             REFUND),
    Row(in_progress,           "add_extra",             B,   guards.OPTION_OR_OFFER,              SAME,                  None,    None,                (effects.open_extra,)),
    Row(in_progress,           "confirm_extra",         PAY, guards.PRICE_CAPTURED,               SAME,                  HOLD,    None,                (effects.take_extra,)),
    Row(in_progress,           "lapse_extra",           H,   guards.EXTRA_UNPAID,                 SAME,                  None,    clocks.EXTRA,        (effects.drop_extra,)),
    Row(in_progress,           "request_extension",     S,   guards.EXTENSION_POSSIBLE,           SAME,                  None,    None,                (effects.open_extension,),                 ("days",)),
    Row(in_progress,           "accept_extension",      B,   guards.EXTENSION_PENDING,            SAME,                  None,    None,                (effects.grant_extension,)),
    Row(in_progress,           "decline_extension",     B,   guards.EXTENSION_PENDING,            SAME,                  None,    None,                (effects.close_extension,)),
    Row(in_progress,           "lapse_extension",       H,   guards.EXTENSION_PENDING,            SAME,                  None,    clocks.EXTENSION,    (effects.close_extension,)),
    *(Row(status,              "refund_part",           S,   guards.WITHIN_HELD,                  SAME,                  PART,    None,                (),                                        ("amount",)) for status in (in_progress, delivered)),
    Row(delivered,             "approve",               B,   None,                                completed,             RELEASE),
    Row(delivered,             "auto_approve",          H,   None,                                completed,             RELEASE, clocks.APPROVAL),
    Row(delivered,             "request_revision",      B,   guards.REVISIONS_LEFT,               revision_requested,    None,    None,                (effects.use_revision,),                   ("message",)),
    Row(revision_requested,    "accept_revision",       S,   None,                                in_progress,           None,    None,                (effects.restart_work,)),
    Row(revision_requested,    "auto_accept_revision",  H,   None,                                in_progress,           None,    clocks.REVISION,     (effects.restart_work,)),
    Row(revision_requested,    "decline_revision",      S,   REASON,                              delivered,             None,    None,                (say_reason, effects.return_revision),     ("reason",)),
    Row(in_progress,           "open_dispute",          B,   guards.LATE_OR_CANCELLATION_REFUSED, disputed,              FREEZE,  None,                (say_reason, dispute),                     ("reason",)),
    *(Row(status,              "open_dispute",          BS,  REASON,                              disputed,              FREEZE,  None,                (say_reason, dispute),                     ("reason",)) for status in (delivered, revision_requested)),
    *(Row(status,              "freeze",                H,   guards.ONCE,                         disputed,              FREEZE,  clocks.FREEZE,       (effects.freeze,)) for status in AT_WORK),
    Row(disputed,              "approve",               B,   None,                                completed,             RELEASE),
    Row(disputed,              "cancel",                S,   None,                                cancelled,             REFUND),
    Row(disputed,              "withdraw_dispute",      BS,  OPENED_IT,                           RESUME,                None,    None,                (resume,)),
    Row(disputed,              "rule_refund",           A,   DECISION_TEXT,                       cancelled,             REFUND,  None,                (say_decision,),                           ("decision",)),
    Row(disputed,              "rule_release",          A,   DECISION_TEXT,                       completed,             RELEASE, None,                (say_decision,),                           ("decision",)),
    Row(disputed,              "rule_split",            A,   SPLIT_WITHIN_HELD,                   completed,             SPLIT,   None,                (say_decision,),                           ("decision", "amount")),
    Row(disputed,              "resume",                A,   guards.NEW_DUE_DATE,                 in_progress,           None,    None,                (effects.resume_with_due_date,),           ("due_at",)),
)
# fmt: on

SERVICE = Process[Facts](
    name="service",
    statuses=(
        awaiting_payment,
        awaiting_instructions,
        awaiting_acceptance,
        in_progress,
        delivered,
        revision_requested,
        disputed,
        completed,
        cancelled,
    ),
    start=awaiting_payment,
    rows=(*ROWS, *common.rows_for(ROWS, parties=BS, held=HELD, resumable=AT_WORK)),
    resumable=AT_WORK,
)
