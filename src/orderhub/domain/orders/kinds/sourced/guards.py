"""The guards of the sourced table: named conditions over the locked row, pure."""

from datetime import datetime

from orderhub.domain.orders.guards import said_with_it, within_held
from orderhub.domain.orders.kinds.sourced.details import charged, details_of, due, sums, worth_keeping
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import Guard
from orderhub.kit.text import Label


def _captured(facts: Facts) -> bool:
    payment, order = facts.payment, facts.order
    return payment is not None and payment.currency == order.currency and payment.captured >= due(order)


def _received(facts: Facts) -> int | None:
    return None if facts.command is None else facts.command["received"]["amount"]


def _enough(facts: Facts) -> bool:
    received = _received(facts)
    return received is None or received >= due(facts.order)


def _part(facts: Facts) -> bool:
    received = _received(facts)
    return due(facts.order) > 1 if received is None else 0 < received < due(facts.order)


def _same_proof(facts: Facts) -> bool:
    proof = details_of(facts.order).proof
    if proof is None:
        return False
    return facts.command is None or facts.command.get("proof_sha256") == proof.sha256


def _promised_arrival(facts: Facts) -> datetime:
    return facts.order.due_at or details_of(facts.order).arrive_by


def _change(facts: Facts) -> bool:
    return details_of(facts.order).change is not None


def _not_acted(facts: Facts) -> bool:
    details = details_of(facts.order)
    return not details.rulings_by_others or facts.actor.account_id not in details.staff


def _code_matches(facts: Facts) -> bool:
    return facts.command is None or facts.command.get("code") == details_of(facts.order).pick_up_code


def _invoiced(facts: Facts) -> bool:
    return details_of(facts.order).invoice is not None


def _balance(facts: Facts) -> int | None:
    """What is due with the fees and the freight that are sent, or were accepted."""
    if facts.command is None:
        return None
    total = sums(facts.order, *charged(facts.order, facts.command))["total"]
    return total - facts.order.held


QUOTE_CURRENT = Guard[Facts](
    "quote_not_current",
    Label("accepte la version en vigueur d’une proforma émise", "accepts the current version of an issued quote"),
    said_with_it,
)
PROOF = Guard[Facts](
    "proof_missing",
    Label(
        "fichier ; montant, moyen, référence (par mail ils peuvent manquer)",
        "file; amount, method, reference (by mail they may be empty)",
    ),
    said_with_it,
)
DEPOSIT_CAPTURED = Guard[Facts](
    "deposit_amount_mismatch",
    Label("montant encaissé ≥ acompte restant dû", "captured ≥ deposit still due"),
    _captured,
    because=Label(
        "Le montant encaissé n’atteint pas l’acompte restant dû.",
        "What was captured is less than the deposit that is still due.",
    ),
)
BALANCE_CAPTURED = Guard[Facts](
    "balance_amount_mismatch",
    Label("montant encaissé ≥ solde restant dû", "captured ≥ balance still due"),
    _captured,
    because=Label(
        "Le montant encaissé n’atteint pas le solde restant dû.",
        "What was captured is less than the balance that is still due.",
    ),
)
ENOUGH = Guard[Facts](
    "received_less_than_due",
    Label("reçu ≥ dû", "received ≥ due"),
    _enough,
    because=Label("Le montant reçu n’atteint pas ce qui est dû.", "What was received is less than what is due."),
)
SAME_PROOF = Guard[Facts](
    "proof_replaced",
    Label("la même preuve que celle qui a été vue", "same proof as was looked at"),
    _same_proof,
    because=Label(
        "La preuve a été remplacée depuis que vous l’avez vue : relisez la commande.",
        "The proof was replaced since you looked at it: read the order again.",
    ),
)
RECEIVED_DUE = Guard[Facts](
    "payment_not_confirmable",
    Label(
        "reçu ≥ dû ; référence jamais utilisée ; même preuve que celle qui a été vue",
        "received ≥ due; reference not used before; same proof as was looked at",
    ),
    lambda facts: _enough(facts) and _same_proof(facts),
    (SAME_PROOF, ENOUGH),
)
PART_RECEIVED = Guard[Facts](
    "received_not_a_part",
    Label("0 < reçu < dû", "0 < received < due"),
    lambda facts: _part(facts) and _same_proof(facts),
    (SAME_PROOF,),
    because=Label(
        "Le montant reçu doit être une partie de ce qui est dû.", "What was received must be a part of what is due."
    ),
)
REVIEWED_REASON = Guard[Facts](
    "reason_missing",
    Label("motif", "reason"),
    _same_proof,
    (SAME_PROOF,),
)
UNAVAILABLE = Guard[Facts]("reason_missing", Label("motif (indisponible)", "reason (unavailable)"), said_with_it)
NO_CHANGE_REFERENCES = Guard[Facts](
    "change_pending",
    Label(
        "référence fournisseur par article ; aucune modification en cours",
        "supplier reference per line; no change pending",
    ),
    lambda facts: not _change(facts),
    because=Label("Une modification attend la réponse de l’acheteur.", "A change waits for the buyer's answer."),
)
NO_CHANGE_COUNTED = Guard[Facts](
    "change_pending",
    Label(
        "chaque article compté, un manque le réduit ; aucune modification en cours",
        "every line counted, a shortfall lowers it; no change pending",
    ),
    lambda facts: not _change(facts),
    because=Label("Une modification attend la réponse de l’acheteur.", "A change waits for the buyer's answer."),
)
PURCHASE_LATE = Guard[Facts](
    "purchase_not_late",
    Label("date d’achat promise dépassée", "promised purchase date passed"),
    lambda facts: facts.now > details_of(facts.order).purchase_by,
    because=Label("La date d’achat promise n’est pas passée.", "The promised purchase date has not passed."),
)
ARRIVAL_LATE = Guard[Facts](
    "arrival_not_late",
    Label("date d’arrivée promise dépassée", "promised arrival passed"),
    lambda facts: facts.now > _promised_arrival(facts),
    because=Label("La date d’arrivée promise n’est pas passée.", "The promised arrival has not passed."),
)
MAY_ASK_TO_CANCEL = Guard[Facts](
    "cancellation_pending",
    Label("rien d’acheté, aucune demande en cours", "nothing purchased, none pending"),
    lambda facts: facts.order.cancellation is None,
    because=Label("Une demande d’annulation est déjà en cours.", "A request to cancel is pending already."),
)
CANCELLATION_UNANSWERED = Guard[Facts](
    "no_cancellation_pending",
    Label("une demande en cours, rien d’acheté", "one pending, nothing purchased"),
    lambda facts: facts.order.cancellation is not None,
    because=Label("Aucune demande d’annulation n’est en cours.", "No request to cancel is pending."),
)
CHANGE_PROPOSABLE = Guard[Facts](
    "change_pending",
    Label(
        "prix, quantité ou remplacement d’un article ; aucune en cours",
        "a line's price, quantity or substitute; none pending",
    ),
    lambda facts: not _change(facts),
    because=Label(
        "Une modification attend déjà la réponse de l’acheteur.", "A change waits for the buyer's answer already."
    ),
)
CHANGE_PENDING = Guard[Facts](
    "no_change_pending",
    Label("une en cours", "one pending"),
    _change,
    because=Label("Aucune modification n’est proposée.", "No change is proposed."),
)
CHANGE_LINES_LEFT = Guard[Facts](
    "no_change_pending",
    Label("une en cours ; il reste des articles", "one pending; lines left"),
    lambda facts: _change(facts) and worth_keeping(facts.order),
    because=Label(
        "Aucune modification n’est proposée, ou elle ne laisserait aucun article.",
        "No change is proposed, or no line would be left.",
    ),
)
CHANGE_LAST_LINE = Guard[Facts](
    "change_not_on_last_line",
    Label("une en cours ; il ne reste aucun article", "one pending; no line left"),
    lambda facts: _change(facts) and not worth_keeping(facts.order),
    because=Label(
        "Aucune modification n’est proposée, ou elle laisserait des articles.",
        "No change is proposed, or lines would be left.",
    ),
)
BALANCE_LEFT = Guard[Facts](
    "balance_not_due",
    Label("fret et frais ; solde > 0", "freight and fees; balance > 0"),
    lambda facts: (balance := _balance(facts)) is None or balance > 0,
    because=Label("Il ne resterait pas de solde à payer.", "No balance would be left to pay."),
)
BALANCE_PAID = Guard[Facts](
    "balance_due",
    Label("solde ≤ 0", "balance ≤ 0"),
    lambda facts: (balance := _balance(facts)) is None or balance <= 0,
    because=Label("Il resterait un solde à payer.", "A balance would be left to pay."),
)
UNPAID_OR_UNCLAIMED = Guard[Facts](
    "not_unpaid_or_unclaimed",
    Label("impayée ou non retirée ; rappels à 3, 7 et 14 j", "unpaid or unclaimed; reminded at 3, 7, 14 d"),
    said_with_it,
)
INSTRUCTIONS = Guard[Facts](
    "pick_up_not_said",
    Label(
        "consignes de retrait ou rendez-vous, envoyés par WhatsApp ou par mail",
        "pick-up instructions or an appointment, sent by WhatsApp or e-mail",
    ),
    said_with_it,
)
PICK_UP_CODE = Guard[Facts](
    "pick_up_code_wrong",
    Label("le code de retrait", "the pick-up code"),
    _code_matches,
    because=Label("Ce n’est pas le code de retrait de cette commande.", "This is not the pick-up code of this order."),
)
PROOF_OF_DELIVERY = Guard[Facts](
    "delivery_not_proven", Label("preuve de livraison du transporteur", "carrier's proof of delivery"), said_with_it
)
NOTHING_DUE = Guard[Facts](
    "something_due",
    Label("rien de dû", "nothing due"),
    lambda facts: facts.order.held >= facts.order.total,
    because=Label("Il reste quelque chose à payer.", "Something is still to be paid."),
)
NOT_ACTED = Guard[Facts](
    "ruler_acted_before",
    Label("n’a agi ni sur cette commande ni sur son devis", "has acted neither on this order nor on its quote"),
    _not_acted,
    forbids=True,
    because=Label(
        "Une autre personne doit en décider : vous avez agi sur cette commande ou sur son devis.",
        "Somebody else must decide: you have acted on this order or on its quote.",
    ),
)
DECISION_TEXT = Guard[Facts](
    "decision_missing",
    Label("texte de la décision", "decision text"),
    _not_acted,
    (NOT_ACTED,),
)
SPLIT_WITHIN_HELD = Guard[Facts](
    "refund_not_within_held",
    Label("0 < remboursement < séquestre", "0 < refund < held"),
    lambda facts: within_held(facts) and _not_acted(facts),
    (NOT_ACTED,),
    because=Label(
        "Le remboursement doit laisser quelque chose en séquestre, et rendre quelque chose.",
        "The refund must give something back and leave something in escrow.",
    ),
)
INVOICED = Guard[Facts](
    "not_invoiced",
    Label("facture finale émise", "final invoice issued"),
    _invoiced,
    because=Label("La facture finale n’est pas encore émise.", "The final invoice is not issued yet."),
)
NOT_INVOICED = Guard[Facts](
    "invoiced",
    Label("pas encore de facture finale", "no final invoice yet"),
    lambda facts: not _invoiced(facts),
    because=Label("La facture finale est déjà émise.", "The final invoice is issued already."),
)
