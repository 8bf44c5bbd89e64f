"""The closed sets that come of the transition tables: a further row, status or kind adds to them by itself."""

from typing import Annotated

from orderhub.api.schemas.codes import Codes
from orderhub.domain.escrow.ledger import BESIDE_ROWS
from orderhub.domain.events.topics import TOPICS
from orderhub.domain.offers.process import OFFER
from orderhub.domain.payments.methods import MANUAL_METHODS
from orderhub.domain.payments.process import PAYMENT, PROOF, REFUND
from orderhub.domain.process import By, Escrow
from orderhub.domain.processes import PROCESSES
from orderhub.domain.quotes.process import QUOTE
from orderhub.domain.staff import waiting_kinds

Actor = Annotated[
    str,
    Codes("Actor", "Who acts or is waited for. Parties read `staff` for whoever of staff.", lambda: (*By, "staff")),
]
Colour = Annotated[
    str,
    Codes(
        "Colour",
        "The colour of a status, for badges.",
        lambda: (status.colour for process in PROCESSES.values() for status in process.statuses),
    ),
]
ProcessName = Annotated[str, Codes("ProcessName", "A transition table.", lambda: PROCESSES)]
LedgerReason = Annotated[
    str,
    Codes(
        "LedgerReason",
        "What moved money in the ledger: mostly a row of a table.",
        lambda: (*(row.action for process in PROCESSES.values() for row in process.rows), *BESIDE_ROWS),
    ),
]
GuardCode = Annotated[
    str,
    Codes(
        "GuardCode",
        "The condition of a row, of whichever table.",
        lambda: (row.guard.code for process in PROCESSES.values() for row in process.rows if row.guard),
    ),
]
EventTopic = Annotated[
    str, Codes("EventTopic", "What an event says happened: each has a form of its own.", lambda: TOPICS)
]
EscrowEffect = Annotated[str, Codes("EscrowEffect", "What a row does with the money that is held.", lambda: Escrow)]

QuoteStatus = Annotated[str, Codes("QuoteStatus", "The status of a quote.", lambda: QUOTE.by_code)]
QuoteTransitionName = Annotated[
    str,
    Codes(
        "QuoteTransitionName",
        "What happens to a quote: an action of somebody, or of its clock.",
        lambda: (row.action for row in QUOTE.rows),
    ),
]
QuoteActionName = Annotated[
    str,
    Codes(
        "QuoteActionName",
        "What may be asked of a quote: each has a schema of its own in `QuoteAction`.",
        lambda: (row.action for row in QUOTE.rows if row.asked),
    ),
]
QuoteGuardCode = Annotated[
    str,
    Codes(
        "QuoteGuardCode",
        "The condition that an action waits for.",
        lambda: (code for row in QUOTE.rows if row.guard for code in row.guard.codes),
    ),
]
OfferStatus = Annotated[str, Codes("OfferStatus", "The status of an offer.", lambda: OFFER.by_code)]
OfferStage = Annotated[
    str,
    Codes("OfferStage", "The word beside the status of an offer.", lambda: (each.stage for each in OFFER.statuses)),
]
OfferTransitionName = Annotated[
    str,
    Codes(
        "OfferTransitionName",
        "What happens to an offer: an action of its parties, of the seller's floors, of a sale, or of its clock.",
        lambda: (row.action for row in OFFER.rows),
    ),
]
OfferActionName = Annotated[
    str,
    Codes(
        "OfferActionName",
        "What may be asked of an offer: each has a schema of its own in `OfferAction`.",
        lambda: (row.action for row in OFFER.rows if row.asked),
    ),
]
OfferGuardCode = Annotated[
    str,
    Codes(
        "OfferGuardCode",
        "The condition that an action on an offer waits for.",
        lambda: (code for row in OFFER.rows if row.guard for code in row.guard.codes),
    ),
]
PaymentStatus = Annotated[str, Codes("PaymentStatus", "The status of a payment.", lambda: PAYMENT.by_code)]
RefundStatus = Annotated[str, Codes("RefundStatus", "The status of a refund.", lambda: REFUND.by_code)]
ProofStatus = Annotated[str, Codes("ProofStatus", "What staff made of a proof.", lambda: PROOF.by_code)]
ManualMethod = Annotated[str, Codes("ManualMethod", "How one pays by hand.", lambda: MANUAL_METHODS)]
StaffWaitKind = Annotated[str, Codes("StaffWaitKind", "Why something waits for staff.", lambda: waiting_kinds.BY_CODE)]
